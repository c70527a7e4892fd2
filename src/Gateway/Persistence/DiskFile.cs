using Microsoft.Win32.SafeHandles;
using SessionGateway.Durability.Files;
using SessionGateway.Durability.Writing;

namespace SessionGateway.Gateway.Persistence;

/// <summary>A file of the data directory.</summary>
/// <param name="handle">The open file.</param>
/// <param name="path">Its name.</param>
/// <param name="length">Bytes that it has.</param>
internal sealed class DiskFile(SafeFileHandle handle, string path, long length) : IStorageFile
{
    private static readonly Lazy<byte[]> Zeros = new(() => new byte[LogSettings.MostRoomBytes]);

    private long _roomEnd;

    /// <inheritdoc/>
    public long Length { get; private set; } = length;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Write(bytes);
        Length += bytes.Length;
    }

    /// <inheritdoc/>
    public void MakeRoom(int bytes)
    {
        // Written, and not only reserved: that a block is no hole any more would be a change of its own. Also of a
        // part that was written something is to be cut off.
        _roomEnd = Length + bytes;
        Write(Zeros.Value.AsSpan(0, bytes));
    }

    /// <inheritdoc/>
    public void CutRoom()
    {
        if (_roomEnd > Length)
        {
            RandomAccess.SetLength(handle, Length);
        }

        _roomEnd = 0;
    }

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> target) => RandomAccess.Read(handle, target, offset);

    /// <inheritdoc/>
    public void Sync()
    {
        DiskCalls.SyncData(handle);
        if (!File.Exists(path))
        {
            // The system goes on writing to a file that has no name any more, and nobody will ever read it.
            throw new IOException($"{path} is not there any more");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(handle, bytes, Length);
        }
        catch (Exception e) when (e is not IOException)
        {
            // A file beyond what the system allows (EFBIG) is a wrong argument to the framework.
            throw new IOException(e.Message, e);
        }
    }
}
