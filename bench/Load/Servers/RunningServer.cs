using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Native;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>A server process on its own core, stopped when disposed (and when this program ends early).</summary>
internal sealed class RunningServer : IDisposable
{
    private const int KeptOutput = 4096;
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly DataDirectory? _directory;
    private readonly EventHandler _stopAtExit;
    private string _output = "";

    private RunningServer(
        ServerSpec spec, DataDirectory? directory, Process process, int port, int respPort, long startedAt)
    {
        (Spec, _process, Port, RespPort, StartedAt) = (spec, process, port, respPort, startedAt);
        _directory = directory;
        _stopAtExit = (_, _) => Stop();
        AppDomain.CurrentDomain.ProcessExit += _stopAtExit;
    }

    public ServerSpec Spec { get; }

    public int Id => _process.Id;

    /// <summary>The port of its first family.</summary>
    public int Port { get; }

    /// <summary>The port of the RESP listener when it has both families.</summary>
    public int RespPort { get; }

    /// <summary><see cref="Stopwatch"/> time just before the process was started.</summary>
    public long StartedAt { get; }

    public int PortFor(Family family) => family == Family.Resp && Spec.Speaks(Family.Memcached) ? RespPort : Port;

    /// <summary>Starts it on <paramref name="serverCores"/>; this program stays on the load cores.</summary>
    public static RunningServer Start(ServerSpec spec, IReadOnlyList<int> serverCores, IReadOnlyList<int> loadCores)
    {
        DataDirectory? directory = spec.NeedsDirectory ? new DataDirectory() : null;
        spec = directory is null ? spec : spec.In(directory);
        int port = FreePort();
        int respPort = FreePort();
        ProcessStartInfo start = new(spec.File, spec.ArgumentsFor(port, respPort))
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        Process process;
        long startedAt;

        // A child inherits the cores of the thread that starts it. Then everything of ours goes back, including threads
        // the runtime created meanwhile.
        Affinity.PinThisThread(serverCores);
        try
        {
            startedAt = Stopwatch.GetTimestamp();
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception failure)
        {
            throw new LoadException($"{spec.Name}: {spec.File}: {failure.Message}");
        }
        finally
        {
            Affinity.PinThisProcess(loadCores);
        }

        RunningServer server = new(spec, directory, process, port, respPort, startedAt);
        process.OutputDataReceived += server.Keep;
        process.ErrorDataReceived += server.Keep;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    /// <summary>Waits until it answers a request of each family correctly; returns the time since its start.</summary>
    public TimeSpan WaitUntilReady(Family family)
    {
        while (!FirstAnswer.IsCorrect(PortFor(family), family))
        {
            if (_process.HasExited)
                throw new LoadException($"{Spec.Name} ended with exit code {_process.ExitCode}: {Output()}");
            if (Stopwatch.GetElapsedTime(StartedAt) > ReadyLimit)
                throw new LoadException($"{Spec.Name} does not answer after {ReadyLimit.TotalSeconds} s: {Output()}");
            _ = Libc.SleepMicroseconds(200);
        }

        return Stopwatch.GetElapsedTime(StartedAt);
    }

    public long CpuNanoseconds() => CpuClock.Nanoseconds(Id);

    /// <summary>What it printed last, for error messages.</summary>
    public string Output()
    {
        lock (_process)
            return _output.Length == 0 ? "(no output)" : _output.TrimEnd();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= _stopAtExit;
        Stop();
        _process.Dispose();
        _directory?.Dispose();
    }

    private void Stop()
    {
        if (_process.HasExited)
            return;
        _ = Libc.Kill(Id, Libc.SigTerm);
        if (_process.WaitForExit(StopLimit))
            return;
        Console.Error.WriteLine($"load: warning: {Spec.Name} did not end {StopLimit.TotalSeconds} s after SIGTERM");
        _process.Kill();
        _process.WaitForExit();
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        lock (_process)
            _output = (_output + line.Data + "\n") is var all && all.Length > KeptOutput ? all[^KeptOutput..] : all;
    }

    /// <summary>
    /// A free port below the kernel's range for clients (32768 and up): a client that polls a port inside that range
    /// can be given the very same port and then connects to itself.
    /// </summary>
    private static int FreePort()
    {
        while (true)
        {
            int port = Random.Shared.Next(15_000, 32_000);
            using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                // Taken; try another one.
            }
        }
    }
}
