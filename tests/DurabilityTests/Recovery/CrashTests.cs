using SessionGateway.Durability.Reading;
using SessionGateway.Durability.Writing;
using SessionGateway.DurabilityTests.Support;

namespace SessionGateway.DurabilityTests.Recovery;

/// <summary>Whatever fails and whenever the machine loses its power, what is recovered is legal
/// (<see cref="History"/>).</summary>
public sealed class CrashTests
{
    private static readonly SyncPolicy[] Policies = [SyncPolicy.EverySecond, SyncPolicy.Batch, SyncPolicy.No];

    public static TheoryData<SyncPolicy, bool> AllPolicies
    {
        get
        {
            var all = new TheoryData<SyncPolicy, bool>();
            Array.ForEach(Policies, p => all.Add(p, false));
            Array.ForEach(Policies, p => all.Add(p, true));
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(AllPolicies))]
    public void Every_call_of_a_small_history_fails_once_or_from_then_on(SyncPolicy policy, bool isEncrypted)
    {
        int seed = isEncrypted ? 11 : 18;
        int calls = Play(policy, seed, failingCall: 0, failsOn: false, percent: 0, crash: 1);
        Assert.InRange(calls, 30, 1000);
        for (int call = 1; call <= calls; call++)
        {
            foreach (int percent in (int[])[0, 40, 100])
            {
                for (int crash = 1; crash <= 2; crash++)
                {
                    Play(policy, seed, call, failsOn: false, percent, crash);
                    Play(policy, seed, call, failsOn: true, percent, crash);
                }
            }
        }
    }

    [Fact]
    public void Long_histories_of_many_seeds_with_many_crashes_are_legal()
    {
        // LOG_SEEDS=10000 for the long run.
        int seeds = int.TryParse(Environment.GetEnvironmentVariable("LOG_SEEDS"), out int asked) ? asked : 300;
        for (int seed = 1; seed <= seeds; seed++)
        {
            var random = new Random(seed);
            var storage = new MemoryStorage();
            using var history = new History(storage, Settings(Policies[seed % 3], seed), seed);
            for (int life = 0; life < 5; life++)
            {
                Recover(history, storage, random);
                storage.FailingCall = random.Next(3) == 0 ? storage.Calls + random.Next(1, 40) : 0;
                storage.FailsOn = random.Next(2) == 0;
                storage.WrittenPercent = random.Next(101);
                int steps = random.Next(120);
                for (int i = 0; i < steps && !history.IsDegraded; i++)
                {
                    history.Step();
                }

                if (random.Next(4) == 0)
                {
                    history.Close();
                }

                history.Crash();
            }

            history.Open();
        }
    }

    [Fact]
    public void A_log_that_was_closed_is_read_back_whole_and_nothing_is_cut()
    {
        foreach (SyncPolicy policy in Policies)
        {
            using var history = new History(new MemoryStorage(), Settings(policy, 3), 3);
            history.Open();
            for (int i = 0; i < 300; i++)
            {
                history.Step();
            }

            // An open group has no effect, closed or not.
            history.Close();
            history.Crash();
            RecoveryReport report = history.Open();
            Assert.True(report.Records > 100, "nothing was read");
            Assert.True(report.WasClosed || report.CutBytes > 0, "the end was not seen");
        }
    }

    // Recovery itself may meet the failing call, or a crash.
    private static void Recover(History history, MemoryStorage storage, Random random)
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

    private static int Play(SyncPolicy policy, int seed, int failingCall, bool failsOn, int percent, int crash)
    {
        var storage = new MemoryStorage
        {
            FailingCall = failingCall, FailsOn = failsOn, WrittenPercent = percent,
        };
        using var history = new History(storage, Settings(policy, seed), seed);
        try
        {
            history.Open();
            for (int i = 0; i < 60 && !history.IsDegraded; i++)
            {
                history.Step();
            }

            history.Close();
        }
        catch (IOException)
        {
            // The start itself has failed.
            storage.FailingCall = 0;
            history.Open();
        }

        int calls = storage.Calls;
        for (int i = 0; i < crash; i++)
        {
            history.Crash();
            history.Open();
        }

        for (int i = 0; i < 10; i++)
        {
            history.Step();
        }

        history.Crash();
        history.Open();
        return calls;
    }

    private static LogSettings Settings(SyncPolicy policy, int seed) => new()
    {
        Sync = policy, SegmentBytes = 1500, QueueBytes = 1 << 20, KeyOfNextSegment = Secrets.Of(seed),
        RoomBytes = seed / 6 % 2 * 2500,
    };
}
