using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>What becomes of those who came back when sessions of others may be given up.</summary>
internal static class ReturningTrial
{
    // Every fourth visitor asks for a second page, some 1,000 others after the first one.
    private const int Every = 4;
    private const int Others = 1000;
    private static readonly Expiry Ttl = Expiry.In(TimeSpan.FromSeconds(1440));

    public static ReturningSample Take(ServerSpec spec, WireKind kind, int count, int valueBytes, LoadOptions options)
    {
        ServerSpec anonymous = spec with { Arguments = [.. spec.Arguments, "--anonymous", SessionSet.KeyPrefix] };
        using SessionServer server = new(anonymous, kind, options);
        return server.Explaining("memory limit with anonymous sessions", () =>
        {
            SessionSet sessions = new(count, valueBytes);
            server.Prepare(valueBytes);
            Tally first = server.Run(sessions, sessions.WriteWithReturns(Every, Others), Ttl).Tally;
            Tally back = server.Run(sessions, SessionSet.Read(count, Every), default).Tally;
            Tally all = server.Run(sessions, SessionSet.Read(count), default).Tally;
            if (first.Wrong + back.Wrong + all.Wrong > 0)
                throw new LoadException("a session has another value than the one written");
            return new ReturningSample(
                server.Name, count, first.Refused, first.Right, back.Right, all.Absent - back.Absent - first.Refused);
        });
    }
}
