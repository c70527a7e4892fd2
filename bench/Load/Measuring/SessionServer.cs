using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>A fresh server that is given sessions, and what they cost it.</summary>
internal sealed class SessionServer : IDisposable
{
    private const int WarmSessions = 1000;

    // One length: memcached keeps a page for every size class that was ever used, which would be its idle memory then.
    private const int WarmBytes = 1000;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly RunningServer _server;
    private readonly LoadOptions _options;

    public SessionServer(ServerSpec spec, WireKind kind, LoadOptions options)
    {
        (_options, Wire) = (options, SessionWire.For(kind));
        _server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
    }

    public string Name => $"{_server.Spec.Name}, {Wire.Name}";

    public SessionWire Wire { get; }

    public int Port => _server.PortFor(Wire.Family);

    /// <summary>Resident bytes of the server as it was started.</summary>
    public long StartBytes { get; private set; }

    /// <summary>
    /// Resident bytes after the warm-up and without any session: what a server has compiled and its buffers are not
    /// counted as the sessions'.
    /// </summary>
    public long IdleBytes { get; private set; }

    public long ResidentBytes => ProcessFiles.ResidentBytes(_server.Id).Total;

    /// <summary>The thread that has used most CPU time.</summary>
    public int BusiestThread() => ProcessFiles.BusiestThread(_server.Id);

    /// <summary>Milliseconds that a thread was ready to run and had no core.</summary>
    public double WaitedMilliseconds(int thread) => ProcessFiles.SchedulerTimes(_server.Id, thread).Waited / 1e6;

    /// <summary>Waits for it, lets it write and read a thousand sessions again and again, and ends them.</summary>
    /// <param name="warmBytes">Length of their values.</param>
    public void Prepare(int warmBytes = WarmBytes)
    {
        _server.WaitUntilReady(Wire.Family);
        StartBytes = ResidentBytes;
        SessionSet few = new(WarmSessions, warmBytes, seed: 99);
        using (BatchDriver driver = new(Wire, few, Port))
        {
            long end = Clock.Now + (_options.Warmup * 1_000_000_000L);
            driver.Run(few.WriteFirst(0, few.Count), Expiry.In(TimeSpan.FromMinutes(30)));
            while (Clock.Now < end)
            {
                driver.Run(few.Rewrite(newLengths: true), Expiry.In(TimeSpan.FromMinutes(30)));
                driver.Run(SessionSet.Read(few.Count), default);
            }
        }

        Preamble.Exchange(Port, Wire.FlushRequest, Wire.FlushReply);
        Thread.Sleep(Rest);
        IdleBytes = ResidentBytes;
    }

    /// <summary>One pass over sessions.</summary>
    public SessionPass Run(SessionSet sessions, IEnumerable<SessionRequest> source, Expiry expiry)
    {
        using BatchDriver driver = new(Wire, sessions, Port);
        long start = Clock.Now;
        long cpu = _server.CpuNanoseconds();
        Tally tally = driver.Run(source, expiry);
        cpu = _server.CpuNanoseconds() - cpu;
        return new SessionPass(tally, (Clock.Now - start) / 1e9, cpu / 1e3 / Math.Max(1, tally.Total));
    }

    /// <summary>Runs something and says which server failed in it.</summary>
    public T Explaining<T>(string what, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (LoadException failure)
        {
            throw new LoadException($"{Name}, {what}: {failure.Message}; the server said: {_server.Output()}");
        }
    }

    public void Dispose() => _server.Dispose();
}
