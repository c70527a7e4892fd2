using Microsoft.Win32.SafeHandles;
using SessionGateway.Durability.Files;

namespace SessionGateway.Gateway.Persistence;

/// <summary>A file of the data directory.</summary>
/// <param name="handle">The open file.</param>
/// <param name="path">Its name.</param>
/// <param name="length">Bytes that it has.</param>
internal sealed class DiskFile(SafeFileHandle handle, string path, long length) : IStorageFile
{
    /// <inheritdoc/>
    public long Length { get; private set; } = length;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
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

        Length += bytes.Length;
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
}
