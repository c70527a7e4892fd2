using System.Diagnostics;
using System.Text;
using SessionGateway.ResilienceTests.Support;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace SessionGateway.ResilienceTests;

public sealed class PipelineTests(ITestOutputHelper output)
{
    private const int Keys = 1000;
    private const int Times = 1000;

    // A million answers are 180 MB: much more than anything else that memory is taken for.
    private const int ValueBytes = 150;

    [Theory]
    [EachTransport]
    public async Task A_million_requests_in_one_write_are_answered_in_order_while_others_are_served(string transport)
    {
        using var gateway = RunningGateway.Start(transport);
        long before = gateway.Warm();
        foreach (Dialect dialect in Dialect.All)
        {
            using Client client = dialect.Connect(gateway);
            for (int i = 0; i < Keys; i++)
            {
                dialect.Ask(client, dialect.Set($"{dialect.Name}-{i}", Value(i)), dialect.Stored);
            }

            byte[] unit = Bytes.Join(Enumerable.Range(0, Keys).Select(i => dialect.Get($"{dialect.Name}-{i}")));
            byte[] answers = Learn(dialect, client, unit);
            byte[] million = Bytes.Repeat(unit, Times);
            using var bystander = Bystander.Start(gateway);
            var watch = Stopwatch.StartNew();
            var writing = Task.Run(() => client.Send(million));
            AssertRepeats(client, answers);
            await writing.WaitAsync(Wait.Patience);
            output.WriteLine(
                $"{dialect.Name}: {Keys * Times} requests in {watch.ElapsedMilliseconds} ms; "
                    + bystander.AssertServed());
            // Not one answer too many.
            dialect.Ask(client, dialect.Get("warm"), dialect.Found("warm", new byte[4000]));
        }

        output.WriteLine($"resident {before} KiB before, at most {gateway.PeakKiB} KiB");
        gateway.AssertMemoryStayed(before);
        gateway.AssertConnections(0);
        gateway.AssertMemoryReturns(before);
    }

    private static byte[] Value(int i) => Encoding.Latin1.GetBytes($"value number {i} ".PadRight(ValueBytes, '.'));

    // One round, each answer asserted; its bytes are what every further round must bring, cas uniques included.
    private static byte[] Learn(Dialect dialect, Client client, byte[] unit)
    {
        byte[][] expected = [.. Enumerable.Range(0, Keys).Select(i => dialect.Found($"{dialect.Name}-{i}", Value(i)))];
        client.Send(unit);
        foreach (byte[] answer in expected)
        {
            dialect.Expect(client, answer);
        }

        client.Send(unit);
        return client.Read(expected.Sum(answer => answer.Length));
    }

    private static void AssertRepeats(Client client, byte[] answers)
    {
        byte[] got = new byte[answers.Length];
        for (int i = 0; i < Times; i++)
        {
            client.Read(got);
            if (!got.AsSpan().SequenceEqual(answers))
            {
                int at = got.AsSpan().CommonPrefixLength(answers);
                throw new XunitException(
                    $"round {i}, byte {at}: expected {Shown.Bytes(answers.AsSpan(at))}, got "
                        + $"{Shown.Bytes(got.AsSpan(at))}");
            }
        }
    }
}
