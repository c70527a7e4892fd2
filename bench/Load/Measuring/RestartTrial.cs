using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Sessions;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>A server is filled, stopped and started again; every session must be there.</summary>
internal static class RestartTrial
{
    private static readonly Expiry Ttl = Expiry.In(TimeSpan.FromHours(1));

    /// <param name="spec">The server.</param>
    /// <param name="saves">It writes its file when it is asked to (SAVE), not all the time.</param>
    /// <param name="count">Sessions.</param>
    /// <param name="round">From 1.</param>
    /// <param name="options">Cores.</param>
    public static RestartSample Take(ServerSpec spec, bool saves, int count, int round, LoadOptions options)
    {
        using DataDirectory directory = new();
        ServerSpec here = spec.In(directory);
        SessionSet sessions = new(count);
        var wire = SessionWire.For(WireKind.Resp);
        // Both cores: nobody asks anything while a server loads.
        int[] cores = [.. options.ServerCores.Union(options.LoadCores)];
        long filled;
        using (var first = RunningServer.Start(here, cores, options.LoadCores))
        {
            first.WaitUntilReady(wire.Family);
            int port = first.PortFor(wire.Family);
            using (BatchDriver driver = new(wire, sessions, port))
                if (driver.Run(sessions.WriteFirst(0, count), Ttl) is { } written && written.Stored != count)
                    throw new LoadException($"{spec.Name}: only {written.Stored} sessions were stored");
            filled = ProcessFiles.ResidentBytes(first.Id).Total;
            if (saves)
                Preamble.Exchange(port, "*1\r\n$4\r\nSAVE\r\n"u8, "+OK\r\n"u8);
        }

        long bytes = directory.Bytes;
        using var second = RunningServer.Start(here, cores, options.LoadCores);
        double seconds = second.WaitUntilReady(wire.Family).TotalSeconds;
        double cpu = second.CpuNanoseconds() / 1e9;
        long peak = ProcessFiles.PeakResidentBytes(second.Id);
        long resident = ProcessFiles.ResidentBytes(second.Id).Total;
        using BatchDriver reader = new(wire, sessions, second.PortFor(wire.Family));
        Tally read = reader.Run(SessionSet.Read(count), default);
        return read.Right == count
            ? new RestartSample(spec.Name, round, count, bytes, seconds, cpu, resident, peak, filled)
            : throw new LoadException($"{spec.Name}: {count - read.Right} sessions are not as they were");
    }
}
