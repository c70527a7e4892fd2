using Microsoft.Win32.SafeHandles;
using SessionGateway.Gateway.Persistence;
using SessionGateway.Replication.Pair.StateFile;

namespace SessionGateway.Gateway.Pair;

/// <summary>The state file's directory on a disk: the one of the log, which locks it.</summary>
internal sealed class PairStorage(string directory) : IPairStorage
{
    /// <inheritdoc/>
    public byte[]? Read(string name) => Try<byte[]?>(() =>
    {
        string path = Path.Combine(directory, name);
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    });

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        Try(() =>
        {
            string path = Path.Combine(directory, name);
            using SafeFileHandle handle = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(handle, copy, 0);
            DiskCalls.SyncData(handle);
            return 0;
        });
    }

    /// <inheritdoc/>
    public void Rename(string name, string newName) => Try(() =>
    {
        File.Move(Path.Combine(directory, name), Path.Combine(directory, newName), overwrite: true);
        return 0;
    });

    /// <inheritdoc/>
    public void SyncDirectory() => DiskCalls.SyncDirectory(directory);

    // A directory that may not be written to is one of the ways in which disks fail, whatever the framework calls it.
    private static T Try<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException(e.Message, e);
        }
    }
}
