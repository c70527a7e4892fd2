namespace SessionGateway.Durability.Files;

/// <summary>An open file; every call can fail with an <see cref="IOException"/>.</summary>
public interface IStorageFile : IDisposable
{
    /// <summary>Bytes that it has.</summary>
    long Length { get; }

    /// <summary>Writes behind what it has. When it fails, a part may have been written.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Reads.</summary>
    /// <returns>Bytes that were read; less than asked for only at the end.</returns>
    int Read(long offset, Span<byte> target);

    /// <summary>Returns when everything that was appended is on the disk. When it fails, any part of what was appended
    /// since the last success may be lost, and a later success says nothing about it (the kernel has marked its pages
    /// clean).</summary>
    void Sync();
}
