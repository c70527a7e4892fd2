using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>
/// session.gc_maxlifetime: the store ends sessions, without PHP's garbage collector. All setups wait at the same time.
/// </summary>
public abstract class LifetimeSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    // The shortest time between a page and the second in which memcached may end its session.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    [Fact]
    public Task A_session_ends_by_itself() => ForAll(Setups.Wires, async (setup, user, _) =>
    {
        user.Ini["session.gc_maxlifetime"] = "1";
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        await Wait.UntilAsync(() => setup.Stored(Backend, id) is null, () => "the end of the session");
        Assert.Null((await user.Ask(Right, "show")).User);
    });

    [Fact]
    public Task A_page_that_changes_nothing_keeps_the_session_alive() =>
        ForAll(Setups.Wires, async (_, user, schedule) =>
        {
            user.Ini["session.gc_maxlifetime"] = "5";
            user.Ini["session.lazy_write"] = "1";
            await user.Ask(Left, "login&user=alice");
            for (int view = 0; view < 3; view++)
            {
                // 3 × 2.5 s is longer than the lifetime.
                await schedule.PauseAsync(TimeSpan.FromSeconds(2.5));
                Assert.Equal("alice", (await user.Ask(view % 2, "show")).User);
            }
        });

    [Fact]
    public Task A_page_that_only_reads_does_not_prolong_the_session() =>
        ForAll(Setups.Wires, async (setup, user, schedule) =>
        {
            user.Ini["session.gc_maxlifetime"] = "6";
            user.Ini["memcache.lock_timeout"] = "1";
            string id = (await user.Ask(Left, "login&user=alice")).Sid;
            await schedule.PauseAsync(TimeSpan.FromSeconds(4));
            Assert.Equal("alice", (await user.Ask(Right, "peek")).User);
            // Over two seconds ago, or in two seconds if the page had prolonged it: on a busy machine memcached's clock
            // is late, too.
            await schedule.PauseAsync(TimeSpan.FromSeconds(4));
            Assert.Null(setup.Stored(Backend, id));
        });

    [Fact]
    public Task A_lifetime_of_more_than_30_days_is_no_date_in_1970() => ForAll(Setups.Wires, async (_, user, _) =>
    {
        user.Ini["session.gc_maxlifetime"] = $"{60 * 24 * 3600}";
        await user.Ask(Left, "login&user=alice");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
        Assert.Equal(1, (await user.Ask(Left, "count")).Count);
    });

    private protected static async Task ForAll(IEnumerable<Setup> setups, Func<Setup, Browser, Schedule, Task> check) =>
        await Task.WhenAll(setups.Select(async setup =>
        {
            try
            {
                await Schedule.KeepAsync(Slack, async schedule =>
                {
                    using Browser user = Visitor(setup);
                    await check(setup, user, schedule);
                });
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{setup.Name}: {error.Message}", error);
            }
        }));
}
