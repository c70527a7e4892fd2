using System.Runtime.InteropServices;
using SessionGateway.Bench.Load;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Options;
using SessionGateway.Bench.Load.Subcommands;

// What is not named here is the name of a workload.
Dictionary<string, ISubcommand> subcommands = new()
{
    ["list"] = new ListSubcommand(),
    ["attacks"] = new AttacksSubcommand(),
    ["full"] = new FullSubcommand(),
    ["fsync"] = new FsyncSubcommand(),
    ["idle"] = new IdleSubcommand(),
    ["memory"] = new MemorySubcommand(),
    ["promises"] = new PromisesSubcommand(),
    ["restart"] = new RestartSubcommand(),
    ["state"] = new StateSubcommand(),
    ["start"] = new StartSubcommand(),
};
ThroughputSubcommand throughput = new();

if (args.Length == 0 || args.Contains("--help"))
{
    Console.WriteLine("Measures the gateway and other servers side by side.\n\nload COMMAND [options]");
    foreach (ISubcommand subcommand in (IEnumerable<ISubcommand>)[throughput, .. subcommands.Values])
        Console.WriteLine($"  {subcommand.Help}");
    Console.Write($"\n{OptionTable.Help()}");
    return args.Length == 0 ? 1 : 0;
}

// The servers are stopped by exit handlers, which a signal would skip.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);

try
{
    LoadOptions options = OptionTable.Parse(args);
    if (options.Names.Count == 0)
        throw new LoadException("say what to measure; --help shows it");
    Affinity.PinThisProcess(options.LoadCores);
    if (options.Nice is int nice)
        Affinity.SetNice(nice);
    if (options.Names.Count == 1 && subcommands.TryGetValue(options.Names[0], out ISubcommand? named))
        named.Run(options);
    else
        throughput.Run(options);
    return 0;
}
catch (LoadException failure)
{
    Console.Error.WriteLine($"load: {failure.Message}");
    return 1;
}

static void Leave(PosixSignalContext context)
{
    context.Cancel = true;
    Environment.Exit(130);
}
