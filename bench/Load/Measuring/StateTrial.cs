using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>BGREWRITEAOF while clients read at a fixed rate, and once more while all sessions are rewritten.</summary>
internal static class StateTrial
{
    private const int Hot = 1000;
    private const int ReadsPerSecond = 10_000;
    private const int SecondsBefore = 5;
    private const int MostSeconds = 120;
    private static readonly Expiry Ttl = Expiry.In(TimeSpan.FromHours(1));

    public static StateSample Take(ServerSpec spec, int count, int round, LoadOptions options)
    {
        using SessionServer server = new(spec, WireKind.Resp, options);
        return server.Explaining("state", () => Take(server, count, round));
    }

    private static StateSample Take(SessionServer server, int count, int round)
    {
        SessionSet sessions = new(count);
        server.Prepare();
        server.Run(sessions, sessions.WriteFirst(0, count), Ttl);
        using InfoReader info = new(server.Port);
        (LatencyHistogram before, LatencyHistogram during, double worst, int seconds) = Read(server, sessions, info);

        // The first pass brings memory to where rewriting has it.
        server.Run(sessions, sessions.Rewrite(newLengths: false), Ttl);
        long resident = Peak(server, () => server.Run(sessions, sessions.Rewrite(newLengths: false), Ttl));
        Begin(info);
        long peak = Peak(server, () =>
        {
            server.Run(sessions, sessions.Rewrite(newLengths: false), Ttl);
            WaitUntilDone(info);
        });
        peak += info.Persistence("aof_last_cow_size");
        return new StateSample(
            server.Name, round, count, before.Microseconds(0.99), during.Microseconds(0.99), worst, seconds, resident,
            peak);
    }

    private static (LatencyHistogram Before, LatencyHistogram During, double Worst, int Seconds) Read(
        SessionServer server, SessionSet sessions, InfoReader info)
    {
        int last = MostSeconds;
        using PacedReader reader = new(server.Wire, sessions, Hot, ReadsPerSecond, server.Port);
        reader.Run(Clock.Now + (SecondsBefore * 1_000_000_000L), second =>
        {
            if (second == -1)
                Begin(info);
            else if (second >= 0 && info.Persistence("aof_rewrite_in_progress") == 0)
                last = second;
            return second >= last;
        });
        LatencyHistogram before = new(), during = new();
        double worst = 0;
        foreach ((int second, PacedSecond paced) in reader.Seconds)
        {
            // The first second has connections that are new.
            if (second is < 0 and > -SecondsBefore)
                before.Add(paced.Reads);
            else if (second >= 0 && second <= last)
            {
                during.Add(paced.Reads);
                worst = Math.Max(worst, paced.Reads.Microseconds(0.99));
            }
        }

        return last < MostSeconds
            ? (before, during, worst, last + 1)
            : throw new LoadException($"the state was not complete after {MostSeconds} s");
    }

    private static void Begin(InfoReader info)
    {
        WaitUntilDone(info);
        string answer = info.Command("BGREWRITEAOF");
        if (!answer.EndsWith("started", StringComparison.Ordinal))
            throw new LoadException($"BGREWRITEAOF: {answer}");
    }

    private static void WaitUntilDone(InfoReader info)
    {
        while (info.Persistence("aof_rewrite_in_progress") != 0)
            Thread.Sleep(20);
    }

    private static long Peak(SessionServer server, Action work)
    {
        long peak = 0;
        bool isOver = false;
        var watch = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                peak = Math.Max(peak, server.ResidentBytes);
                Thread.Sleep(20);
            }
        });
        watch.Start();
        try
        {
            work();
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            watch.Join();
        }

        return peak;
    }
}
