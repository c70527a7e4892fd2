using System.Diagnostics;
using System.Globalization;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>PHP's own web server with several workers, which PHP itself would leave behind when it is
/// stopped.</summary>
internal sealed class PhpWorkers : IDisposable
{
    private const int Workers = 4;

    private readonly TempDirectory _directory = new();
    private readonly ServerProcess _process;

    public PhpWorkers(IEnumerable<(string Name, string Value)> ini)
    {
        Port = Ports.Next();
        File.WriteAllLines(_directory.File("sessions.ini"), ini.Select(entry => $"{entry.Name}=\"{entry.Value}\""));
        _process = ServerProcess.Start("php",
            ["-S", $"127.0.0.1:{Port}", "-t", Path.Combine(AppContext.BaseDirectory, "app")],
            () => RawConnection.CanConnect(Port),
            new Dictionary<string, string>
            {
                // The empty first part stands for the system's own folder, which loads the extensions.
                ["PHP_INI_SCAN_DIR"] = $":{_directory.Path}",
                ["PHP_CLI_SERVER_WORKERS"] = $"{Workers}",
            });
    }

    public int Port { get; }

    public void Dispose()
    {
        int[] workers = [.. Children(_process.Id)];
        _process.Dispose();
        foreach (int worker in workers)
        {
            try
            {
                using var left = Process.GetProcessById(worker);
                left.Kill();
            }
            catch (ArgumentException)
            {
                // It had ended with its parent.
            }
        }

        _directory.Dispose();
    }

    private static IEnumerable<int> Children(int pid) =>
        File.ReadAllText($"/proc/{pid}/task/{pid}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(child => int.Parse(child, CultureInfo.InvariantCulture));
}
