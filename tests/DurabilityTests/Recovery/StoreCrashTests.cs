using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>Whatever fails and whenever the machine loses its power, also while a state is told, while segments are
/// removed and while the log is read: the store that is recovered is legal (<see cref="StoreHistory"/>).</summary>
public sealed class StoreCrashTests(ITestOutputHelper output)
{
    [Fact]
    public void Stores_of_many_seeds_with_states_removals_and_many_crashes_are_legal()
    {
        // LOG_SEEDS=10000 for the long run.
        int seeds = int.TryParse(Environment.GetEnvironmentVariable("LOG_SEEDS"), out int asked) ? asked : 60;
        int states = 0, failures = 0, promises = 0, groups = 0, lives = 0;
        var failed = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int seed = 1; seed <= seeds; seed++)
        {
            var random = new Random(seed);
            var storage = new MemoryStorage();
            using var history = new StoreHistory(storage, Settings((SyncPolicy)(seed % 3), seed), seed);
            for (int life = 0; life < 5; life++)
            {
                Recover(history, storage, random);
                int steps = random.Next(250);
                for (int i = 0; i < steps; i++)
                {
                    if (random.Next(60) == 0)
                    {
                        storage.FailingCall = storage.Calls + random.Next(1, 30);
                        storage.FailsOn = random.Next(3) == 0;
                        storage.WrittenPercent = random.Next(101);
                    }
                    else if (random.Next(20) == 0)
                    {
                        // The disk is whole again.
                        storage.FailingCall = 0;
                    }

                    history.Step();
                }

                if (random.Next(4) == 0)
                {
                    history.Close();
                }

                history.Crash();
                lives++;
            }

            history.Open();
            (states, failures, promises, groups) = (states + history.States, failures + history.Failures,
                promises + history.Promises, groups + history.Groups);
            foreach ((string call, int count) in storage.FailedCalls)
            {
                failed[call] = failed.GetValueOrDefault(call) + count;
            }
        }

        output.WriteLine($"{seeds} seeds, {lives} lives: {states} states, {failures} failures noticed, {promises} "
            + $"promises, {groups} groups; failed calls: "
            + string.Join(", ", failed.Select(f => $"{f.Value} {f.Key}")));
        Assert.True(
            states > seeds && failures > seeds / 2 && promises > seeds && groups > seeds, "too little happened");
        foreach (string call in (string[])["append", "create", "delete", "list", "open", "read", "sync",
            "sync directory"])
        {
            Assert.True(failed.ContainsKey(call), $"no {call} has failed");
        }
    }

    // Recovery itself may meet the failing call, or a crash.
    private static void Recover(StoreHistory history, MemoryStorage storage, Random random)
    {
        storage.FailingCall = random.Next(3) == 0 ? storage.Calls + random.Next(1, 12) : 0;
        storage.FailsOn = false;
        try
        {
            history.Open();
        }
        catch (IOException)
        {
            if (random.Next(2) == 0)
            {
                storage.Crash(random);
            }

            storage.FailingCall = 0;
            history.Open();
        }
    }

    private static LogSettings Settings(SyncPolicy policy, int seed) => new()
    {
        Sync = policy, SegmentBytes = 4000, QueueBytes = 64 << 10, KeyOfNextSegment = Secrets.Of(seed),
    };
}
