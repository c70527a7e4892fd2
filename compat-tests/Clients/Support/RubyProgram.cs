using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>Scripts of the <c>programs/ruby</c> folder under Debian's Ruby, which has the client.</summary>
internal static class RubyProgram
{
    /// <summary>Runs a script.</summary>
    public static ToolResult Run(string script, params string[] args) => Tool.Run("/usr/bin/ruby",
        [Path.Combine(AppContext.BaseDirectory, "programs", "ruby", script), .. args]);
}
