namespace SessionGateway.CompatTests.Harness;

/// <summary>A directory of its own under the system's temporary folder, removed with everything in it.</summary>
public sealed class TempDirectory : IDisposable
{
    /// <summary>Absolute path; kept short, because unix socket paths end at 107 bytes.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("gw-").FullName;

    /// <summary>A path inside the directory.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A server that is just being killed may still write here; the system's temp cleaner takes the rest.
        }
    }
}
