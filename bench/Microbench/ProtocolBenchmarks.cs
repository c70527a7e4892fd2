using BenchmarkDotNet.Attributes;

namespace SessionGateway.Bench.Microbench;

/// <summary>Time and allocation of one request through parser, command, store and writer.</summary>
[MemoryDiagnoser]
public class ProtocolBenchmarks
{
    private ProcessorRig _rig = null!;
    private Operation _operation = null!;

    /// <summary>Names of the operations.</summary>
    public static IEnumerable<string> Names => Operation.All.Select(o => o.Name);

    /// <summary>The operation.</summary>
    [ParamsSource(nameof(Names))]
    public string Name { get; set; } = "";

    /// <summary>Makes the rig.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _operation = Operation.All.First(o => o.Name == Name);
        _rig = new ProcessorRig(_operation);
    }

    /// <summary>Frees the rig.</summary>
    [GlobalCleanup]
    public void Cleanup() => _rig.Dispose();

    /// <summary>One request.</summary>
    [Benchmark]
    public int Execute() => _rig.Execute(_operation.Request);
}
