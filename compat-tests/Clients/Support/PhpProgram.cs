using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>Scripts of the <c>programs/php</c> folder, with the frameworks that Debian has.</summary>
internal static class PhpProgram
{
    /// <summary>Runs a script.</summary>
    public static ToolResult Run(string script, params string[] args) =>
        Tool.Run("php", [Path.Combine(AppContext.BaseDirectory, "programs", "php", script), .. args]);
}
