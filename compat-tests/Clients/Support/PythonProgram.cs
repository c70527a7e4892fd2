using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>Scripts of the <c>programs/python</c> folder under Debian's Python, which has the client modules.</summary>
internal static class PythonProgram
{
    private const string Interpreter = "/usr/bin/python3";

    /// <summary>Runs a script.</summary>
    public static ToolResult Run(string script, params string[] args) => Tool.Run(Interpreter,
        [Path.Combine(AppContext.BaseDirectory, "programs", "python", script), .. args],
        env: new Dictionary<string, string> { ["PYTHONDONTWRITEBYTECODE"] = "1" });
}
