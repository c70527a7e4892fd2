using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Hosting;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Bench.Microbench.Budgets;

/// <summary>
/// Holds the allocated bytes per operation to budgets.json: once for a processor alone, by the thread's own count, and
/// once for the whole server with its transport over loopback, by the process's count while an allocation-free client
/// asks; writes also with every reply held until another thread releases it, and with the append log.
/// </summary>
internal static class AllocationBudgets
{
    private const int Warmup = 20_000;
    private const int Operations = 50_000;
    private const int Rounds = 5;

    // Background work of the runtime is spread over the operations: below half a byte per operation none allocates.
    private const double Tolerance = 0.5;

    /// <summary>Measures, prints a table and tells whether every budget is kept.</summary>
    public static bool Check()
    {
        Dictionary<string, double> budgets = Read();
        bool kept = true;
        foreach (Operation operation in Operation.All)
        {
            kept &= Report(budgets, operation.Name, MeasureProcessor(operation));
        }

        using (ServerRuntime server = Start(holder: null))
        {
            var address = IPEndPoint.Parse(server.Listeners[0].Address);
            foreach (Operation operation in Operation.All)
            {
                kept &= Report(budgets, $"server {operation.Name}", MeasureServer(address, operation));
            }
        }

        using (var log = new PretendedLog())
        using (ServerRuntime server = Start(log.Hold))
        {
            var address = IPEndPoint.Parse(server.Listeners[0].Address);
            foreach (Operation operation in Operation.All.Where(o => o.Writes))
            {
                kept &= Report(budgets, $"held {operation.Name}", MeasureServer(address, operation));
            }
        }

        string directory = Directory.CreateTempSubdirectory("budgets-").FullName;
        using (ServerRuntime server = Start(holder: null, directory))
        {
            var address = IPEndPoint.Parse(server.Listeners[0].Address);
            foreach (Operation operation in Operation.All.Where(o => o.Writes))
            {
                kept &= Report(budgets, $"logged {operation.Name}", MeasureServer(address, operation));
            }
        }

        Directory.Delete(directory, recursive: true);
        foreach (string unknown in budgets.Keys)
        {
            Console.WriteLine($"budgets.json names '{unknown}', which nothing measures");
            kept = false;
        }

        return kept;
    }

    private static ServerRuntime Start(
        Func<ReplyGate, IMutationListener>? holder, string? directory = null) => ServerRuntime.Start(
        GatewayOptions.Default with
        {
            Listen = [ListenAddress.Tcp(new IPEndPoint(IPAddress.Loopback, 0), ListenerProtocol.Auto)],
            Threads = 1,
            Transport = TransportKind.Epoll,
            Persist = directory is null ? PersistKind.None : PersistKind.Log,
            DataDir = directory ?? "",
        },
        TimeProvider.System, NullLoggerFactory.Instance, () => { }, holder);

    private static bool Report(Dictionary<string, double> budgets, string name, double bytes)
    {
        if (!budgets.Remove(name, out double budget))
        {
            Console.WriteLine($"budgets.json has no budget for '{name}'");
            return false;
        }

        bool kept = bytes <= budget + Tolerance;
        Console.WriteLine($"{(kept ? "ok  " : "OVER")} {name,-32} {bytes,10:F3} bytes/op, budget {budget}");
        return kept;
    }

    private static double MeasureProcessor(Operation operation)
    {
        using var rig = new ProcessorRig(operation);
        for (int i = 0; i < Warmup; i++)
        {
            rig.Execute(operation.Request);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Operations; i++)
        {
            rig.Execute(operation.Request);
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Operations;
    }

    private static double MeasureServer(IPEndPoint address, Operation operation)
    {
        using var client = new LoopbackClient(address);
        client.Ask(operation.Preparation);
        int reply = client.Ask(operation.Request);
        client.Repeat(operation.Request, reply, Warmup);

        // What an operation allocates is in every round; what the process does now and then (the log's thread waited
        // for a core, and its queue was longer than ever) is not.
        double least = double.MaxValue;
        for (int round = 0; round < Rounds && least > Tolerance; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            client.Repeat(operation.Request, reply, Operations);
            least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)Operations);
        }

        return least;
    }

    private static Dictionary<string, double> Read()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "budgets.json"));
        return JsonDocument.Parse(file).RootElement.GetProperty("allocatedBytesPerOperation")
            .EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetDouble());
    }
}
