using SessionGateway.Durability.Files;
using SessionGateway.Gateway.Persistence;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>Files and directories of the system: what it refuses is told, and what is asked of it is asked.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("gw-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_file_is_asked_to_be_on_the_disk()
    {
        // fdatasync(2) of what has no disk is EINVAL: nobody would notice a call that is not made.
        using var file = new DiskFile(
            File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite), "/dev/null", length: 0);
        file.Append("x"u8);
        Assert.StartsWith("fdatasync: ", Assert.Throws<IOException>(file.Sync).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_is_asked_to_be_on_the_disk()
    {
        Assert.StartsWith("fsync of the directory: ",
            Assert.Throws<IOException>(() => DiskCalls.SyncDirectory("/proc")).Message, StringComparison.Ordinal);
        string path = Path.Combine(_directory, "data");
        using var storage = DiskStorage.OpenDirectory(path);
        storage.SyncDirectory();
        Directory.Delete(path, recursive: true);
        Assert.Throws<IOException>(storage.SyncDirectory);
    }

    [Fact]
    public void A_disk_without_room_and_a_file_that_is_gone_are_errors()
    {
        using var full = new DiskFile(
            File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite), "/dev/full", length: 0);
        Assert.Throws<IOException>(() => full.Append("x"u8));
        using var storage = DiskStorage.OpenDirectory(Path.Combine(_directory, "data"));
        using IStorageFile file = storage.Create("0000000001.log");
        file.Append("x"u8);
        file.Sync();
        storage.Delete("0000000001.log");
        Assert.Throws<IOException>(file.Sync);
    }
}
