using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Sessions loaded, rewritten with new lengths and with the same ones, and read back.</summary>
internal static class MemoryTrial
{
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    // session.gc_maxlifetime as PHP ships it, longer than a trial takes.
    private static readonly Expiry Ttl = Expiry.In(TimeSpan.FromSeconds(1440));

    public static MemorySample Take(ServerSpec spec, WireKind kind, int count, LoadOptions options)
    {
        using SessionServer server = new(spec, kind, options);
        return server.Explaining("memory", () =>
        {
            SessionSet sessions = new(count);
            server.Prepare();
            MemoryPoint loaded = Write(server, sessions, sessions.WriteFirst(0, count));
            MemoryPoint resized = Write(server, sessions, sessions.Rewrite(true), sessions.Rewrite(true));
            MemoryPoint rewritten = Write(server, sessions, sessions.Rewrite(false), sessions.Rewrite(false));
            SessionPass read = server.Run(sessions, SessionSet.Read(count), default);
            if (read.Tally.Wrong > 0)
                throw new LoadException($"{read.Tally.Wrong} sessions have another value than the one written last");
            return new MemorySample(
                server.Name, count, server.StartBytes, server.IdleBytes, loaded, resized, rewritten, read);
        });
    }

    private static MemoryPoint Write(
        SessionServer server, SessionSet sessions, params IEnumerable<SessionRequest>[] sources)
    {
        double cpu = 0;
        foreach (IEnumerable<SessionRequest> source in sources)
        {
            SessionPass pass = server.Run(sessions, source, Ttl);
            if (pass.Tally.Refused > 0)
                throw new LoadException($"{pass.Tally.Refused} writes were refused: its memory limit is too low");
            cpu += pass.CpuMicrosecondsPerOperation / sources.Length;
        }

        long atOnce = server.ResidentBytes - server.IdleBytes;
        Thread.Sleep(Later);
        return new MemoryPoint(sessions.PayloadBytes, atOnce, server.ResidentBytes - server.IdleBytes, cpu);
    }
}
