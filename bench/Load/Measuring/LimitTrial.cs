using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What becomes of live sessions when they do not fit the memory limit.</summary>
internal static class LimitTrial
{
    private static readonly Expiry Ttl = Expiry.In(TimeSpan.FromSeconds(1440));

    public static LimitSample Take(ServerSpec spec, WireKind kind, int count, int valueBytes, LoadOptions options)
    {
        using SessionServer server = new(spec, kind, options);
        return server.Explaining("memory limit", () =>
        {
            SessionSet sessions = new(count, valueBytes);
            server.Prepare(valueBytes);
            Tally written = server.Run(sessions, sessions.WriteFirst(0, count), Ttl).Tally;
            Tally read = server.Run(sessions, SessionSet.Read(count), default).Tally;
            if (read.Wrong > 0)
                throw new LoadException($"{read.Wrong} sessions have another value than the one written");
            if (read.Right > written.Stored)
                throw new LoadException($"{read.Right - written.Stored} refused writes were done all the same");
            return new LimitSample(
                server.Name, count, written.Stored, written.Refused, read.Right,
                server.ResidentBytes - server.IdleBytes);
        });
    }
}
