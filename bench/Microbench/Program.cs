using BenchmarkDotNet.Running;
using SessionGateway.Bench.Microbench;
using SessionGateway.Bench.Microbench.Budgets;
using SessionGateway.Bench.Microbench.Concurrency;
using SessionGateway.Bench.Microbench.Pipes;
using SessionGateway.Bench.Microbench.Scale;
using SessionGateway.Bench.Microbench.Scripts;
using SessionGateway.Bench.Microbench.Sessions;
using SessionGateway.Bench.Microbench.Soak;
using SessionGateway.Bench.Microbench.Store;

if (args is ["budgets"])
{
    return AllocationBudgets.Check() ? 0 : 1;
}

if (args is ["concurrency"])
{
    ConcurrencyComparison.Run();
    return 0;
}

if (args is ["scripts", .. var part])
{
    return ScriptSteps.Run(part);
}

if (args is ["steps", .. var command])
{
    return CommandSteps.Run(command);
}

if (args is ["elements", ..])
{
    return SingleElements.Run(args[1..]);
}

if (args is ["waits"])
{
    LockWaits.Run();
    return 0;
}

if (args is ["store", .. var comparison])
{
    return StoreComparison.Run(comparison);
}

if (args is ["scale", .. var engines])
{
    return ScaleComparison.Run(engines);
}

if (args is ["soak", "twin", .. var twinMillions])
{
    return TwinRun.Run(twinMillions);
}

if (args is ["soak", "full", .. var seconds])
{
    return FullStoreRun.Run(seconds);
}

if (args is ["soak", "collections", .. var collectionMillions])
{
    return CollectionSoakRun.Run(collectionMillions);
}

if (args is ["soak", .. var millions])
{
    return SoakRun.Run(millions);
}

if (args is ["pipes", .. var pipes])
{
    return PipesServer.Run(pipes);
}

if (args is ["sessions", ..])
{
    return SessionThroughput.Run(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(ProtocolBenchmarks).Assembly).Run(args);
return 0;
