using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>
/// Many sessions that all expire at one moment while a few others are read at a fixed rate. What counts as gone is what
/// the server itself no longer counts as there: each of them counts an expired item that still takes memory.
/// </summary>
internal static class StormTrial
{
    private const int Hot = 1000;
    private const int LeastSecondsBefore = 3;
    private const int SecondsAfterwards = 5;
    private const double Few = 0.05;
    private static readonly TimeSpan HotTtl = TimeSpan.FromHours(1);

    // Between the end of the load and the first second that counts: a resize of an index, a compaction.
    private const int SecondsOfRest = 1;

    public static StormSample Take(ServerSpec spec, WireKind kind, StormPlan plan, LoadOptions options)
    {
        using SessionServer server = new(spec, kind, options);
        return server.Explaining("expiry storm", () => Take(server, plan));
    }

    private static StormSample Take(SessionServer server, StormPlan plan)
    {
        SessionSet sessions = new(Hot + plan.Sessions);
        server.Prepare();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        long deadline = (now + plan.Ttl).ToUnixTimeSeconds() + 1;
        long zero = Clock.Now + ((deadline * 1000) - now.ToUnixTimeMilliseconds()) * 1_000_000;

        Write(server, sessions, sessions.WriteFirst(0, Hot), Expiry.In(HotTtl));
        var together = Expiry.Together(DateTimeOffset.FromUnixTimeSeconds(deadline));
        Write(server, sessions, sessions.WriteFirst(Hot, plan.Sessions), together);
        long full = server.ResidentBytes;
        int first = (int)Math.Ceiling((Clock.Now - zero) / 1e9) + SecondsOfRest;
        if (first > -LeastSecondsBefore)
            throw new LoadException($"the sessions took too long to load for a TTL of {plan.Ttl.TotalSeconds} s");

        List<(double Seconds, double Left)> counts = [];
        int last = plan.MostSeconds;
        int over = last;
        using PacedReader reader = new(server.Wire, sessions, Hot, plan.ReadsPerSecond, server.Port);
        reader.OnCount = (time, items) =>
        {
            double left = Math.Max(0, items - Hot) / (double)plan.Sessions;
            counts.Add((time / 1e9, left));
            if (time <= 0 || left >= Few)
                return;
            // What is left and its memory go in the second after.
            over = Math.Min(over, (int)(time / 1_000_000_000) + 1);
            last = Math.Min(last, over - 1 + SecondsAfterwards);
        };
        int thread = server.BusiestThread();
        double waitedBefore = server.WaitedMilliseconds(thread);
        Dictionary<int, double> waited = [];
        reader.Run(zero, second =>
        {
            double now = server.WaitedMilliseconds(thread);
            waited[second] = now - waitedBefore;
            waitedBefore = now;
            return second >= last;
        });
        EnsureAllWereThere(counts);

        StormSecond[] timeline =
        [
            .. reader.Seconds.Where(s => s.Key >= first && s.Key <= last).Select(s =>
                StormSecond.Of(s.Key, s.Value.Reads, s.Value.LeftOut, waited.GetValueOrDefault(s.Key))),
        ];
        LatencyHistogram before = new();
        foreach (StormSecond second in timeline.Where(s => s.Second < 0))
            before.Add(reader.Seconds[second.Second].Reads);
        return new StormSample(
            server.Name,
            plan.Sessions,
            server.IdleBytes,
            full,
            server.ResidentBytes,
            last + 1,
            counts.Where(c => c.Seconds > 0 && c.Left < Few).Select(c => (double?)c.Seconds).FirstOrDefault(),
            counts.Last(c => c.Seconds <= 2).Left,
            StormSecond.Of(
                first, before, timeline.Where(s => s.Second < 0).Sum(s => s.LeftOut),
                timeline.Where(s => s.Second < 0).Sum(s => s.WaitedMilliseconds)),
            timeline.Where(s => s.Second < 0).MaxBy(s => s.P99)!,
            timeline.Where(s => s.Second >= 0 && s.Second <= over).MaxBy(s => s.P99)!,
            timeline);
    }

    private static void Write(
        SessionServer server, SessionSet sessions, IEnumerable<SessionRequest> source, Expiry expiry)
    {
        SessionPass pass = server.Run(sessions, source, expiry);
        if (pass.Tally.Stored != pass.Tally.Total)
            throw new LoadException($"{pass.Tally.Total - pass.Tally.Stored} writes were refused");
    }

    // Otherwise a server that lost them early would look fast. Its clock may run up to a second ahead of ours.
    private static void EnsureAllWereThere(List<(double Seconds, double Left)> counts)
    {
        if (counts.FindLast(c => c.Seconds < -1) is (_, < 0.999) early)
            throw new LoadException(
                $"only {early.Left:P1} of the sessions were there {-early.Seconds:F1} s before their end");
    }
}
