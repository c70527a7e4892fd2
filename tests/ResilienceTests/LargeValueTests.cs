using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.ResilienceTests;

public sealed class LargeValueTests(ITestOutputHelper output)
{
    private const int ValueBytes = 64 << 20;

    // One value: what is deleted is collected when the next large one comes. There have been nine transfers of one.
    private const long KeptKiB = ValueBytes >> 10;

    [Theory]
    [EachTransport]
    public void Values_of_64_MiB_make_the_round_trip_in_every_protocol_and_their_memory_returns(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--max-value", "64m", "--memory", "512m");
        byte[] value = new byte[ValueBytes];
        new Random(7).NextBytes(value);
        long before = gateway.Warm();
        using var bystander = Bystander.Start(gateway);
        foreach (Dialect dialect in Dialect.All)
        {
            using Client client = dialect.Connect(gateway);
            dialect.Ask(client, dialect.Set("large", value), dialect.Stored);
            foreach (Dialect reader in Dialect.All)
            {
                using Client other = reader.Connect(gateway);
                reader.Ask(other, reader.Get("large"), reader.Found("large", value));
            }

            dialect.Ask(client, dialect.Delete("large"), dialect.Deleted);
        }

        output.WriteLine(
            $"resident {before} KiB before, {gateway.ResidentKiB} KiB at the end, at most {gateway.PeakKiB} KiB");
        gateway.AssertMemoryReturns(before, KeptKiB);
        output.WriteLine($"resident {gateway.ResidentKiB} KiB later");
        output.WriteLine(bystander.AssertServed());
    }
}
