namespace SessionGateway.CompatTests.Sessions;

/// <summary>The vectors of the unit tests, and limits with room for them.</summary>
internal static class Payloads
{
    public static SessionLimits Limits { get; } =
        new() { MaxBytes = 4 * 1024 * 1024, MaxDepth = 128, MaxNameBytes = 70_000 };

    public static IEnumerable<(string Name, byte[] Bytes)> Of(string folder)
    {
        var files =
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "vectors", folder), "*.bin").Order(
                StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        return files.Select(file => (Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file)));
    }
}
