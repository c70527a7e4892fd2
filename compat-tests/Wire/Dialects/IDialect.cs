using SessionGateway.CompatTests.Wire.Conversations;

namespace SessionGateway.CompatTests.Wire.Dialects;

/// <summary>How one protocol is written in .wire files: requests to bytes, replies to lines.</summary>
internal interface IDialect
{
    /// <summary>Name of its folder under Samples.</summary>
    string Name { get; }

    /// <summary>Requests that empty a server.</summary>
    IReadOnlyList<string> Reset { get; }

    /// <summary>Names of the normalisers that replies to generated requests need.</summary>
    IReadOnlyList<string> GeneratedNormalisers { get; }

    /// <summary>A request whose answer tells how many clients wait, as <c>blocked_clients:N</c>.</summary>
    string? CountWaiting => null;

    /// <summary>Turns the text after "> " into bytes.</summary>
    void Encode(string line, Recollection memory, List<byte> into);

    /// <summary>
    /// A harmless request with an answer that cannot be mistaken: when it is there, all answers before it are too.
    /// </summary>
    byte[] Sentinel(int number);

    /// <summary>Whether a reply ends with the answer to a sentinel, and at which byte that answer begins.</summary>
    bool EndsWithSentinel(ReadOnlySpan<byte> reply, int number, out int start);

    /// <summary>Prints a reply without loss, except for cas uniques, which are numbered.</summary>
    void Print(ReadOnlySpan<byte> reply, Recollection memory, List<string> lines);
}
