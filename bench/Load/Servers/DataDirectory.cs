namespace SessionGateway.Bench.Load.Servers;

/// <summary>A new directory for a server's files, removed when disposed.</summary>
internal sealed class DataDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("load-").FullName;

    /// <summary>Bytes of all files in it.</summary>
    public long Bytes =>
        new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
