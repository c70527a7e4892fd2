using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Bench.Load.Attacks;
using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Reporting;
using SessionGateway.Bench.Load.Servers;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>
/// What an innocent client waits while another one sends requests that take long. The promise: 99 of 100 of its
/// requests are answered within 20 ms and all within 100 ms, on a machine that does nothing else.
/// </summary>
internal sealed class AttacksSubcommand : ISubcommand
{
    public string Help => "attacks: what an innocent client waits while another one sends long requests";

    public void Run(LoadOptions options)
    {
        IReadOnlyList<ServerSpec> servers = [.. ServerList.From(options).Where(server => server.Speaks(Family.Resp))];
        Report report = options.Report;
        report.Begin("Load: attacks", options, servers, 1);
        report.WriteLine($"SET and GET of 1 KB by one client, a millisecond apart, for {options.Seconds} s each; and "
            + "the CPU that the server used meanwhile.\n");
        foreach (ServerSpec spec in servers)
        {
            MarkdownTable table = new($"{spec.Name}: the other client sends", "requests", "p50 ms", "p99 ms",
                "longest ms", "CPU p99 ms",
                "CPU longest ms");
            foreach (Attack attack in Attack.All().Where(attack => IsAsked(attack, options)))
            {
                using var server = RunningServer.Start(spec, options.ServerCores, options.LoadCores);
                server.WaitUntilReady(spec.Speaks(Family.Memcached) ? Family.Memcached : Family.Resp);
                LatencyHistogram waits = new();
                LatencyHistogram work = new();
                Measure(attack, server, options.Seconds, waits, work);
                string[] figures = [.. Figures(waits, 0.5, 0.99, 1.0), .. Figures(work, 0.99, 1.0)];
                table.Add([attack.Name, $"{waits.Count}", .. figures]);
                report.Progress($"{spec.Name}, {attack.Name}: {string.Join(" / ", figures)} ms");
            }

            report.WriteLine(table.ToString());
        }

        report.End(options);
    }

    private static bool IsAsked(Attack attack, LoadOptions options) => options.Attacks.Count == 0
        || options.Attacks.Any(name => attack.Name.Contains(name, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Figures(LatencyHistogram times, params double[] shares) =>
        shares.Select(share => $"{times.Microseconds(share) / 1000:F2}");

    // The CPU that the server used between a request and its answer is what the innocent client waited for, also where
    // the machine is busy with something else.
    private static void Measure(
        Attack attack, RunningServer server, int seconds, LatencyHistogram waits, LatencyHistogram work)
    {
        // The automatic listener speaks both families.
        bool isText = attack.Request.AsSpan().StartsWith("get "u8);
        using Attacker attacker = new(attack, server.PortFor(isText ? Family.Memcached : Family.Resp));
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, server.PortFor(Family.Resp));
        byte[] set = Attack.Resp(["SET", "innocent", new string('v', 1024)]);
        byte[] get = Attack.Resp(["STRLEN", "innocent"]);
        byte[] buffer = new byte[4096];
        for (int i = 0; i < 200; i++)
            Ask(server, socket, i % 2 == 0 ? set : get, buffer);
        attacker.Begin();
        var watch = Stopwatch.StartNew();
        for (int i = 0; watch.Elapsed < TimeSpan.FromSeconds(seconds); i++)
        {
            long cpu = server.CpuNanoseconds();
            long start = Stopwatch.GetTimestamp();
            Ask(server, socket, i % 2 == 0 ? set : get, buffer);
            waits.Record((long)Stopwatch.GetElapsedTime(start).TotalNanoseconds);
            work.Record(server.CpuNanoseconds() - cpu);
            Thread.Sleep(1);
        }
    }

    private static void Ask(RunningServer server, Socket socket, byte[] request, byte[] buffer)
    {
        socket.Send(request);
        int length = socket.Receive(buffer);
        if (length == 0)
            throw new LoadException($"the innocent client was disconnected; the server said: {server.Output()}");
        if (buffer[0] is not (byte)'+' and not (byte)':')
            throw new LoadException($"the innocent client was told {Encoding.UTF8.GetString(buffer, 0, length)}");
    }
}
