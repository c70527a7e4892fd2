using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.WarmUp;

/// <summary>
/// Executes what clients ask first before the port opens, so that the first request of the first client does not pay
/// for loading and linking the code (15 to 50 ms on two busy cores; 1 to 3 ms with it). It runs beside the rest of the
/// start, on a thread of its own: the pool's would stay.
/// </summary>
internal sealed class HotPath
{
    // Once to load the code, once to link what the first round has loaded. More cost CPU and gain nothing: what is hot
    // later is compiled with the profile of the real load.
    private const int Rounds = 2;

    private readonly Thread _warming;

    private HotPath(TransportKind transport, TimeProvider time, ProcessorFactory processors) =>
        _warming = new Thread(() => Run(transport, time, processors)) { Name = "warm-up", IsBackground = true };

    /// <summary>Begins.</summary>
    public static HotPath Warm(TransportKind transport, TimeProvider time, ProcessorFactory processors)
    {
        var path = new HotPath(transport, time, processors);
        path._warming.Start();
        return path;
    }

    /// <summary>Waits until it is warm.</summary>
    public void Wait() => _warming.Join();

    private static void Run(TransportKind transport, TimeProvider time, ProcessorFactory processors)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            using var server = new WarmServer(transport, time, processors);
            for (int round = 0; round < Rounds; round++)
            {
                server.RunAll();
            }
        }
        catch (Exception)
        {
            // A start without it is only slower; what is really wrong with the machine the start itself will say.
        }
    }
}
