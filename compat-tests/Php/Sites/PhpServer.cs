using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>
/// One app server: PHP's own web server with a php.ini of its own. It serves one request at a time: with
/// PHP_CLI_SERVER_WORKERS its children would outlive it.
/// </summary>
internal sealed class PhpServer : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly ServerProcess _process;

    /// <summary>Starts it and waits until it accepts.</summary>
    /// <param name="ini">Settings on top of the system's.</param>
    public PhpServer(IEnumerable<(string Name, string Value)> ini)
    {
        Port = Ports.Next();
        File.WriteAllLines(_directory.File("sessions.ini"), ini.Select(entry => $"{entry.Name}=\"{entry.Value}\""));
        try
        {
            _process = ServerProcess.Start("php",
                ["-S", $"127.0.0.1:{Port}", "-t", Path.Combine(AppContext.BaseDirectory, "app")],
                () => RawConnection.CanConnect(Port),
                new Dictionary<string, string>
                {
                    // The empty first part stands for the system's own folder, which loads the extensions.
                    ["PHP_INI_SCAN_DIR"] = $":{_directory.Path}",
                });
        }
        catch
        {
            _directory.Dispose();
            throw;
        }
    }

    /// <summary>Loopback port.</summary>
    public int Port { get; }

    /// <summary>What PHP wrote to its log.</summary>
    public string Log => _process.Output;

    public void Dispose()
    {
        _process.Dispose();
        _directory.Dispose();
    }
}
