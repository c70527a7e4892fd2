using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>One server in one round: started, filled, warmed up, and then measured slice by slice.</summary>
internal sealed class Contestant : IDisposable
{
    private const int IdleMilliseconds = 500;
    private static readonly TimeSpan SliceTime = TimeSpan.FromSeconds(1);

    private readonly RunningServer _server;
    private readonly Workload _workload;
    private readonly LoadOptions _options;
    private readonly MixSource _source;
    private readonly LatencyHistogram _latencies = new();
    private readonly List<Slice> _slices = [];
    private IDriver? _driver;
    private double _idleCpu;
    private long _userTicks;
    private long _systemTicks;

    public Contestant(ServerSpec spec, Workload workload, LoadOptions options, int round)
    {
        (_workload, _options) = (workload, options);
        _source = new MixSource(workload.GetPercent, workload.Keys, (ulong)round);
        _server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
    }

    /// <summary>Waits for it, sets all keys, and warms it up.</summary>
    public void Prepare(Dataset data) => Explaining(() =>
    {
        _server.WaitUntilReady(_workload.Family);
        EnsurePinned();
        int port = _server.PortFor(_workload.Family);
        Preload.Run(_workload.Wire, data, port);
        _driver = _workload.IsChurn
            ? DriverFactory.Churn(_workload.Wire, data, port, _workload.Connections)
            : DriverFactory.Steady(_workload.Wire, data, port, _workload.Connections, _workload.Pipeline);
        _driver.Run(_source, TimeSpan.FromSeconds(_options.Warmup), new LatencyHistogram());

        long cpu = _server.CpuNanoseconds();
        long start = Clock.Now;
        Thread.Sleep(IdleMilliseconds);
        _idleCpu = (_server.CpuNanoseconds() - cpu) / 1e3 / ((Clock.Now - start) / 1e9);
    });

    /// <summary>One second of load on this server; the others stand by.</summary>
    public void RunSlice() => Explaining(() =>
    {
        long operations = _latencies.Count;
        long cores = CoreClock.BusyNanoseconds(_options.ServerCores);
        (long user, long system) = ProcessFiles.Ticks(_server.Id);
        long load = CpuClock.Nanoseconds(Environment.ProcessId);
        long cpu = _server.CpuNanoseconds();
        long start = Clock.Now;

        _driver!.Run(_source, SliceTime, _latencies);

        long elapsed = Clock.Now - start;
        cpu = _server.CpuNanoseconds() - cpu;
        load = CpuClock.Nanoseconds(Environment.ProcessId) - load;
        (long userEnd, long systemEnd) = ProcessFiles.Ticks(_server.Id);
        _userTicks += userEnd - user;
        _systemTicks += systemEnd - system;
        cores = CoreClock.BusyNanoseconds(_options.ServerCores) - cores;
        _slices.Add(new Slice(_latencies.Count - operations, elapsed, cpu, load, cores));
    });

    public Sample ToSample(int round)
    {
        double elapsed = _slices.Sum(slice => slice.Nanoseconds);
        double cpu = _slices.Sum(slice => slice.CpuNanoseconds);
        return new Sample(
            _server.Spec.Name,
            round,
            _latencies.Count,
            _latencies.Count / (elapsed / 1e9),
            _latencies.Microseconds(0.5),
            _latencies.Microseconds(0.99),
            _latencies.Microseconds(0.999),
            cpu / 1e3 / _latencies.Count,
            _slices,
            _userTicks / (double)Math.Max(1, _userTicks + _systemTicks),
            cpu / elapsed,
            _slices.Sum(slice => slice.LoadCpuNanoseconds) / elapsed,
            Math.Max(0, (_slices.Sum(slice => slice.CoreNanoseconds) - cpu) / elapsed),
            _idleCpu,
            ProcessFiles.ResidentBytes(_server.Id).Total);
    }

    public void Dispose()
    {
        _driver?.Dispose();
        _server.Dispose();
    }

    private void EnsurePinned()
    {
        string allowed = ProcessFiles.AllowedCores(_server.Id);
        if (_options.ServerCores.Count == 1 && allowed != $"{_options.ServerCores[0]}")
            throw new LoadException($"it runs on cores {allowed} instead of {_options.ServerCores[0]}");
    }

    private void Explaining(Action work)
    {
        try
        {
            work();
        }
        catch (LoadException failure)
        {
            throw new LoadException(
                $"{_server.Spec.Name}, {_workload.Name}: {failure.Message}; the server said: {_server.Output()}");
        }
    }
}
