namespace SessionGateway.Bench.Load.Servers;

/// <summary>Finds the source tree and the gateway built from it.</summary>
internal static class Repository
{
    /// <summary>The directory with Gateway.sln at or above the current directory or this program, if any.</summary>
    public static string? FindRoot()
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, AppContext.BaseDirectory])
            for (DirectoryInfo? directory = new(start); directory is not null; directory = directory.Parent)
                if (File.Exists(Path.Combine(directory.FullName, "Gateway.sln")))
                    return directory.FullName;
        return null;
    }

    /// <summary>GATEWAY_DLL, else the newest Release build of src/Gateway; a Debug build is never measured.</summary>
    public static string FindGateway()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_DLL") is { Length: > 0 } named)
            return named;
        string root = FindRoot() ?? throw new LoadException("outside of the repository: say --gateway PATH");
        string builds = Path.Combine(root, "src", "Gateway", "bin", "Release");
        FileInfo? newest = Directory.Exists(builds)
            ? new DirectoryInfo(builds).EnumerateFiles("gateway.dll", SearchOption.AllDirectories)
                .Where(file => file.Directory!.Name is not ("ref" or "refint"))
                .MaxBy(file => file.LastWriteTimeUtc)
            : null;
        if (newest is null)
            throw new LoadException(
                "no Release build of the gateway: `dotnet build -c Release src/Gateway`, or say --gateway PATH");
        WarnIfStale(root, newest);
        return newest.FullName;
    }

    private static void WarnIfStale(string root, FileInfo build)
    {
        FileInfo? newer = new DirectoryInfo(Path.Combine(root, "src"))
            .EnumerateFiles("*.cs", SearchOption.AllDirectories)
            .FirstOrDefault(file => file.LastWriteTimeUtc > build.LastWriteTimeUtc
                && !file.FullName.Contains("/obj/", StringComparison.Ordinal));
        if (newer is not null)
            Console.Error.WriteLine($"load: warning: {build.FullName} is older than {newer.Name}; rebuild it");
    }
}
