using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sessions;

/// <summary>Compiles the Java programs once and runs them.</summary>
public sealed class JavaPrograms : IDisposable
{
    private readonly TempDirectory _classes = new();

    public JavaPrograms()
    {
        string programs = Path.Combine(AppContext.BaseDirectory, "programs");
        string[] sources = Directory.GetFiles(programs, "*.java", SearchOption.AllDirectories);
        Tool.Run("javac", ["-nowarn", "-encoding", "UTF-8", "-d", _classes.Path, .. sources],
            timeout: TimeSpan.FromMinutes(3)).Succeeded();
    }

    /// <summary>What Java makes of session values: a line each.</summary>
    public string[] Check(IEnumerable<byte[]> values)
    {
        string input = string.Concat(values.Select(value => Convert.ToHexString(value) + "\n"));
        return Run("MsmCheck", input).TrimEnd('\n').Split('\n');
    }

    /// <summary>A session value with objects of many classes.</summary>
    public byte[] Write() => Convert.FromHexString(Run("MsmWrite", null).Trim());

    public void Dispose() => _classes.Dispose();

    private string Run(string program, string? input) =>
        Tool.Run("java", ["-Dfile.encoding=UTF-8", "-cp", _classes.Path, program], stdin: input).Succeeded().StdOut;
}
