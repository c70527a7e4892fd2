using System.Globalization;

namespace SessionGateway.Bench.Microbench.Store;

/// <summary>The store engines without a server around them, for ADR 0003.</summary>
internal static class StoreComparison
{
    private const string Usage =
        "store [operations] | store stream | store scaling | store collections | store memory managed|segments "
            + "[same|resize] [LIMIT_MB]";

    /// <summary>Runs one comparison.</summary>
    /// <param name="args">What follows <c>store</c> on the command line.</param>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case []:
            case ["operations"]:
                MachineState.Print("before");
                OperationComparison.Run(rounds: 5, ["managed", "segments"]);
                Console.WriteLine();
                MachineState.Print("after");
                return 0;
            case ["stream"]:
                MachineState.Print("before");
                OperationComparison.Run(rounds: 9, ["segments", "segments told"]);
                MachineState.Print("after");
                return 0;
            case ["collections"]:
                CollectionRun.Run();
                return 0;
            case ["scaling"]:
                ScalingComparison.Run(rounds: 3);
                return 0;
            case ["memory", "managed" or "segments", ..]:
                bool resize = args.Length > 2 && args[2] == "resize";
                long limit = args.Length > 3 ? long.Parse(args[3], CultureInfo.InvariantCulture) : 2048;
                MemoryRun.Run(args[1], resize, limit << 20);
                return 0;
            default:
                Console.Error.WriteLine(Usage);
                return 2;
        }
    }
}
