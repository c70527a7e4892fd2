using System.Runtime.CompilerServices;

namespace SessionGateway.CompatTests.Harness;

/// <summary>Where the working copy and the built gateway are.</summary>
public static class Repository
{
    private const string Marker = "Gateway.sln";

    /// <summary>The root of the working copy, the folder of Gateway.sln.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>
    /// The gateway to test: GATEWAY_DLL when set; else the one built beside this test (common artifacts folder);
    /// else the newest under src/Gateway/bin.
    /// </summary>
    /// <exception cref="InvalidOperationException">The gateway was not built.</exception>
    public static string GatewayDll => FindGateway();

    private static string FindRoot()
    {
        // With a common artifacts folder the tests run outside the working copy: this file's own path leads back.
        foreach (string start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory, SourceDirectory() })
        {
            for (DirectoryInfo? at = new(start); at is not null; at = at.Parent)
            {
                if (File.Exists(Path.Combine(at.FullName, Marker)))
                    return at.FullName;
            }
        }
        throw new InvalidOperationException($"no {Marker} above {AppContext.BaseDirectory}");
    }

    private static string FindGateway()
    {
        if (Environment.GetEnvironmentVariable("GATEWAY_DLL") is { Length: > 0 } chosen)
        {
            return File.Exists(chosen)
                ? chosen
                : throw new InvalidOperationException($"GATEWAY_DLL points to nothing: {chosen}");
        }
        // <artifacts>/bin/<Project>/<configuration>/ is the layout of `dotnet build --artifacts-path`.
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        string beside = Path.Combine(own.Parent?.Parent?.FullName ?? "/", "Gateway", own.Name, "gateway.dll");
        if (File.Exists(beside))
            return beside;
        string bin = Path.Combine(Root, "src", "Gateway", "bin");
        // A runtimeconfig beside it tells a runnable build from reference assemblies.
        FileInfo? found = !Directory.Exists(bin) ? null : new DirectoryInfo(bin)
            .EnumerateFiles("gateway.dll", SearchOption.AllDirectories)
            .Where(dll => File.Exists(Path.ChangeExtension(dll.FullName, ".runtimeconfig.json")))
            // That of the tests' own configuration: the other may be newer, or just being written.
            .OrderBy(dll => dll.Directory?.Parent?.Name == own.Parent?.Name ? 0 : 1)
            .ThenByDescending(dll => dll.LastWriteTimeUtc).FirstOrDefault();
        return found?.FullName ?? throw new InvalidOperationException(
            $"no gateway.dll under {bin}: build it first (dotnet build -c Release src/Gateway)");
    }

    private static string SourceDirectory([CallerFilePath] string file = "") => Path.GetDirectoryName(file) ?? "/";
}
