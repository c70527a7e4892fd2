using System.Security.Cryptography;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>
/// Scripts of the <c>programs/node</c> folder; their packages are installed with npm once per lock file.
/// </summary>
internal static class NodeProgram
{
    // Not the temp folder: what is there ends with the test run.
    private static readonly string Caches =
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache
            ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");

    private static readonly Lazy<string> Folder = new(Install);

    /// <summary>Runs a script.</summary>
    public static ToolResult Run(string script, params string[] args) =>
        Tool.Run("node", [Path.Combine(Folder.Value, script), .. args]);

    private static string Install()
    {
        string source = Path.Combine(AppContext.BaseDirectory, "programs", "node");
        byte[] lockFile = File.ReadAllBytes(Path.Combine(source, "package-lock.json"));
        string name = $"session-gateway-node-{Convert.ToHexString(SHA256.HashData(lockFile))[..12]}";
        string folder = Path.Combine(Caches, name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        // npm writes this file last, so its absence tells of an install that was cut off.
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
            Tool.Run("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], workingDirectory: folder,
                timeout: TimeSpan.FromMinutes(5)).Succeeded();
        return folder;
    }
}
