namespace SessionGateway.Durability.Files;

/// <summary>An open file; every call can fail with an <see cref="IOException"/>.</summary>
public interface IStorageFile : IDisposable
{
    /// <summary>Bytes that it has; of one that was opened, with all zeros behind them.</summary>
    long Length { get; }

    /// <summary>Writes behind what it has. When it fails, a part may have been written.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Writes zeros behind what it has, which <see cref="Append"/> writes over: afterwards a sync brings bytes
    /// to the disk and not a new length, which is a write of its own there. When it fails, some may be there.</summary>
    void MakeRoom(int bytes);

    /// <summary>Cuts off what is left of such zeros.</summary>
    void CutRoom();

    /// <summary>Reads.</summary>
    /// <returns>Bytes that were read; less than asked for only at the end.</returns>
    int Read(long offset, Span<byte> target);

    /// <summary>Returns when everything that was appended is on the disk. When it fails, any part of what was appended
    /// since the last success may be lost, and a later success says nothing about it (the kernel has marked its pages
    /// clean).</summary>
    void Sync();
}
