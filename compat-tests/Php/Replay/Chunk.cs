namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>One line of a transcript that carries bytes.</summary>
/// <param name="Bytes">The bytes as far as they were written down.</param>
/// <param name="Length">Number of bytes on the wire; more than <paramref name="Bytes"/> when the line was cut.</param>
internal sealed record Chunk(byte[] Bytes, int Length)
{
    /// <summary>Whether bytes at the end are not known.</summary>
    public bool IsCut => Bytes.Length < Length;
}
