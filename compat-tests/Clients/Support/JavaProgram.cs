using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Clients.Support;

/// <summary>Java sources beside the tests, compiled once per test run against Debian's spymemcached.</summary>
public static class JavaProgram
{
    private const string SpymemcachedJar = "/usr/share/java/spymemcached.jar";

    private static readonly Lazy<TempDirectory> Classes = new(Compile);

    /// <summary>Runs a main class.</summary>
    /// <param name="mainClass">Class in the <c>programs/java</c> folder of the test project.</param>
    /// <param name="args">Arguments of the program.</param>
    public static ToolResult Run(string mainClass, params string[] args) =>
        // The serial collector and the first compiler tier: short runs on few cores.
        Tool.Run("java",
            [
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
                "-cp", $"{Classes.Value.Path}:{SpymemcachedJar}", mainClass, .. args,
            ],
            timeout: TimeSpan.FromMinutes(5));

    private static TempDirectory Compile()
    {
        if (!File.Exists(SpymemcachedJar))
            throw new InvalidOperationException($"{SpymemcachedJar} is missing: apt-get install libspymemcached-java");
        var classes = new TempDirectory();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => classes.Dispose();
        string[] sources = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "programs", "java"), "*.java");
        Tool.Run("javac", ["-Xlint:all", "-Werror", "-d", classes.Path, "-cp", SpymemcachedJar, .. sources])
            .Succeeded();
        return classes;
    }
}
