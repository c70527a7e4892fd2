using System.Diagnostics;
using System.Globalization;

namespace SessionGateway.Bench.Microbench.Sessions;

/// <summary>A PHP process that decodes and encodes one session when told to; it runs on the core of this
/// process.</summary>
internal sealed class PhpLoop : IDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _savePath = Directory.CreateTempSubdirectory("session-throughput");

    /// <summary>Starts it.</summary>
    /// <param name="handler">session.serialize_handler.</param>
    /// <param name="file">The session's bytes.</param>
    public PhpLoop(string handler, string file)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "Sessions", "throughput.php");
        _process = Process.Start(
            new ProcessStartInfo("php", ["-d", "display_errors=0", script, handler, file, _savePath.FullName])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
    }

    /// <summary>Nanoseconds per operation.</summary>
    public double Measure(string what, int milliseconds)
    {
        _process.StandardInput.WriteLine($"{what} {milliseconds}");
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? "PHP ended";
        return answer.Split(' ') is [var operations, var nanoseconds]
            && long.TryParse(operations, NumberStyles.None, CultureInfo.InvariantCulture, out long n)
            && long.TryParse(nanoseconds, NumberStyles.None, CultureInfo.InvariantCulture, out long time)
            ? (double)time / n
            : throw new InvalidOperationException(answer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _savePath.Delete(recursive: true);
    }
}
