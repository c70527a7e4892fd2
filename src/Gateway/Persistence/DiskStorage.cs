using Microsoft.Win32.SafeHandles;
using SessionGateway.Durability.Files;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Persistence;

/// <summary>The data directory, locked against a second process for as long as this object lives.</summary>
internal sealed class DiskStorage : IStorage, IDisposable
{
    /// <summary>The file that is locked.</summary>
    public const string LockName = "lock";

    private const string ProbeName = "writable.tmp";

    // EROFS of Linux: the framework has no exception of its own for it, and tells the system's number.
    private const int ReadOnlyFileSystem = 30;

    private readonly string _path;
    private readonly FileStream _lock;

    private DiskStorage(string path, FileStream lockFile)
    {
        _path = path;
        _lock = lockFile;
    }

    /// <summary>Makes the directory when it is not there, for its owner only, and locks it.</summary>
    /// <exception cref="StartupException">It cannot be had.</exception>
    public static DiskStorage OpenDirectory(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            if (!Directory.Exists(full))
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(full);
                }
                else
                {
                    Directory.CreateDirectory(
                        full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                }
            }

            // Shared with nobody is an advisory lock (flock) on Unix, which ends with the process however it ends.
            var lockFile = new FileStream(
                Path.Combine(full, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return RequireRight(new DiskStorage(full, lockFile));
        }
        catch (IOException e) when (Directory.Exists(path) && IsLock(e))
        {
            throw new StartupException($"--data-dir {path} is in use by another process");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new StartupException($"--data-dir {path} cannot be used: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> List() =>
        Try(() => Directory.EnumerateFiles(_path).Select(name => Path.GetFileName(name)!).ToArray());

    /// <inheritdoc/>
    public IStorageFile Create(string name) => Try(() =>
    {
        SafeFileHandle handle =
            File.OpenHandle(Full(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        if (!OperatingSystem.IsWindows())
        {
            // Sessions are their users' secrets, whatever the directory's mode.
            File.SetUnixFileMode(handle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return new DiskFile(handle, Full(name), 0);
    });

    /// <inheritdoc/>
    public IStorageFile Open(string name) => Try(() =>
    {
        SafeFileHandle handle = File.OpenHandle(Full(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new DiskFile(handle, Full(name), RandomAccess.GetLength(handle));
    });

    /// <inheritdoc/>
    public void Cut(string name, long length) => Try(() =>
    {
        using SafeFileHandle handle = File.OpenHandle(Full(name), FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.SetLength(handle, length);
        RandomAccess.FlushToDisk(handle);
        return 0;
    });

    /// <inheritdoc/>
    public void Rename(string name, string newName) => Try(() =>
    {
        File.Move(Full(name), Full(newName), overwrite: true);
        return 0;
    });

    /// <inheritdoc/>
    public void Delete(string name) => Try(() =>
    {
        File.Delete(Full(name));
        return 0;
    });

    /// <inheritdoc/>
    public void SyncDirectory() => DiskCalls.SyncDirectory(_path);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    // A right that is missing does not come by itself, and is told before anybody is served. A disk that is full, or
    // fails, may be as it should be in a moment: the log is degraded until then.
    private static DiskStorage RequireRight(DiskStorage storage)
    {
        try
        {
            storage.Delete(ProbeName);
            storage.Create(ProbeName).Dispose();
            storage.Delete(ProbeName);
        }
        catch (IOException e) when (e.InnerException is not UnauthorizedAccessException
            && e.HResult != ReadOnlyFileSystem)
        {
        }
        catch
        {
            storage.Dispose();
            throw;
        }

        return storage;
    }

    // What the framework tells of a lock that somebody else holds (EWOULDBLOCK).
    private static bool IsLock(IOException e) => e.GetType() == typeof(IOException)
        && e.Message.Contains("another process", StringComparison.Ordinal);

    // A directory that may not be written to is one of the ways in which disks fail, whatever the framework calls it.
    private static T Try<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is not IOException)
        {
            throw new IOException(e.Message, e);
        }
    }

    private string Full(string name) => Path.Combine(_path, name);
}
