using SessionGateway.Bench.Load.Measuring;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>
/// What is promised of a start and of idle connections, held: ends with an error when the gateway breaks one. No part
/// of the test command, because a machine that does something else at the same time breaks them too.
/// </summary>
internal sealed class PromisesSubcommand : ISubcommand
{
    private const int Starts = 5;
    private const double StartCpuMilliseconds = 250;

    // 48 MB, and what the first requests would load if the start did not.
    private const long IdleBytes = 52_000_000;

    private const double BytesPerConnection = 4096;

    // Closed connections leave managed objects for the next collection, and the C library keeps freed blocks.
    private const double KeptShare = 0.6;
    private const long KeptBytes = 6 << 20;

    private const int HeldMegabytes = 64;

    // 1.25 x (--memory + 64 MB).
    private const long HeldBytes = (HeldMegabytes + 64) * 5L / 4 << 20;
    private const double SecondsBack = 10;

    public string Help =>
        "promises: start cost, idle memory, what attackers can make it hold; fails when one is not kept";

    public void Run(LoadOptions options)
    {
        options.Only = [ServerList.GatewayName];
        Report report = options.Report;
        report.Begin("Load: promises", options, ServerList.From(options), Starts);
        MarkdownTable table = new("promise", "at most", "measured", "kept");
        int broken = 0;
        StartSubcommand.StartSample[] starts =
        [
            .. Enumerable.Range(0, Starts)
                .Select(round => StartSubcommand.Start(ServerList.From(options)[0], options, round)),
        ];
        double cpu = starts.Min(start => start.CpuMilliseconds);
        Hold("CPU ms until the first answer, best start", StartCpuMilliseconds, cpu);
        Hold("resident bytes when idle", IdleBytes, starts.Skip(1).Min(start => start.ResidentBytes));
        foreach (string transport in (string[])["epoll", "socket"])
        {
            options.GatewayArguments = ["--transport", transport];
            ServerSpec gateway = ServerList.From(options)[0];
            IdleSubcommand.IdleSample idle = IdleSubcommand.Take(gateway, WireKind.Text, options, 1);
            Hold($"bytes per idle connection, {transport}", BytesPerConnection, idle.BytesPerConnection);
            double kept = (KeptShare * idle.Connections * BytesPerConnection) + KeptBytes;
            Hold($"bytes kept after they closed, {transport}", kept, idle.ResidentClosed - idle.ResidentBefore);
            ServerSpec small = ServerList.From(options, new ServerMemory(HeldMegabytes, IsLimit: true))[0];
            HeldSample held = HeldTrial.Take(small, options);
            Hold($"resident bytes under all attacks on memory, {transport}", HeldBytes, held.Peak);
            Hold($"writes of others refused meanwhile, {transport}", 0, held.Refused);
            Hold($"seconds until the memory is back, {transport}", SecondsBack, held.SecondsBack);
        }

        report.WriteLine(table.ToString());
        report.End(options);
        if (broken > 0)
            throw new LoadException($"{broken} promises broken");

        void Hold(string name, double limit, double measured)
        {
            bool isKept = measured <= limit;
            broken += isKept ? 0 : 1;
            table.Add(name, $"{limit:F0}", $"{measured:F0}", isKept ? "yes" : "NO");
        }
    }
}
