using Microsoft.Win32.SafeHandles;
using SessionGateway.Durability.Files;

namespace SessionGateway.Gateway.Persistence;

/// <summary>A file of the data directory.</summary>
internal sealed class DiskFile(SafeFileHandle handle, long length) : IStorageFile
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
    public void Sync() => DiskCalls.SyncData(handle);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
