namespace SessionGateway.CompatTests.Wire.Generators;

/// <summary>Makes up requests of one protocol, valid and broken, from a random source.</summary>
internal interface IRequestGenerator
{
    /// <summary>A request that leaves the conversation in step: a line of a .wire file with its mark.</summary>
    string Next(Random random);

    /// <summary>What a new connection begins with, and the normaliser for its reply; null for nothing.</summary>
    (string Line, string Normaliser)? Opening(Random random) => null;

    /// <summary>Whether the request may be in one write with those before it.</summary>
    bool MayFollow(string line, IReadOnlyList<string> before);

    /// <summary>
    /// Name of the normaliser for an answer that is not promised byte by byte; null for one that is.
    /// </summary>
    string? NormaliserOf(string line) => null;

    /// <summary>A request that may keep the server waiting for more, or makes it close.</summary>
    string NextBreaking(Random random);
}
