using BenchmarkDotNet.Running;
using SessionGateway.Bench.Microbench;
using SessionGateway.Bench.Microbench.Budgets;
using SessionGateway.Bench.Microbench.Concurrency;

if (args is ["budgets"])
{
    return AllocationBudgets.Check() ? 0 : 1;
}

if (args is ["concurrency"])
{
    ConcurrencyComparison.Run();
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(ProtocolBenchmarks).Assembly).Run(args);
return 0;
