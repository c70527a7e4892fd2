using System.Globalization;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Support;

/// <summary>What random requests of a test begin with.</summary>
public static class TestSeed
{
    /// <summary>A seed of this run alone, printed with the test; the environment's SEED repeats one.</summary>
    public static int Take(ITestOutputHelper output)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("SEED"), CultureInfo.InvariantCulture, out int given)
            ? given : Random.Shared.Next();
        output.WriteLine($"SEED={seed}");
        return seed;
    }
}
