using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Requests of one user at the same time: the handlers' locks, kept in the same store.</summary>
public abstract class LockingSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private const int Servers = 6;
    private const int RequestsEach = 5;

    /// <summary>The setups that lock.</summary>
    public static TheoryData<string> Locking => NamesOf(Setups.Locking);

    /// <summary>The setups of php-memcached.</summary>
    public static TheoryData<string> Memcached => NamesOf(Setups.Wires.Where(setup => setup is MemcachedSetup));

    [Theory]
    [MemberData(nameof(Locking))]
    public async Task Parallel_requests_lose_no_increment(string name)
    {
        Setup setup = Setups.Named(name);
        using var site = new Site([.. setup.Ini(Backend)], Servers);
        using var user = new Browser(site);
        string id = (await user.Ask(0, "login&user=alice")).Sid;
        int[][] counts = await Task.WhenAll(Enumerable.Range(0, Servers).Select(async server =>
        {
            var seen = new List<int>();
            for (int i = 0; i < RequestsEach; i++)
                seen.Add((await user.Ask(server, "count&hold=3")).Count);
            return seen.ToArray();
        }));
        // Every request saw the session alone: each number came out once.
        Assert.Equal(Enumerable.Range(1, Servers * RequestsEach), counts.SelectMany(seen => seen).Order());
        Assert.False(setup.IsLocked(Backend, id));
        Assert.Equal("alice", (await user.Ask(0, "show")).User);
    }

    [Theory]
    [MemberData(nameof(Locking))]
    public async Task A_request_waits_for_the_one_that_holds_the_session(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        Task<Reply> slow = user.Ask(Left, "count&hold=700");
        await Wait.UntilAsync(() => setup.IsLocked(Backend, id) || slow.IsCompleted, () => "the lock");
        Assert.Equal(2, (await user.Ask(Right, "count")).Count);
        Assert.Equal(1, (await slow).Count);
    }

    [Theory]
    [MemberData(nameof(Locking))]
    public async Task The_lock_of_an_app_server_that_died_ends_by_itself(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        // When it ends is not asked: memcached counts whole seconds, late ones on a busy machine.
        setup.LockAndDie(Backend, id, seconds: 2);
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(Memcached))]
    public async Task A_request_that_gives_up_waiting_gets_no_session_and_changes_nothing(string name)
    {
        var setup = (MemcachedSetup)Setups.Named(name);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        setup.LockAndDie(Backend, id, seconds: 60);
        user.Ini["memcached.sess_lock_retries"] = "2";
        Reply refused = await user.Try(Right, "login&user=mallory");
        Assert.False(refused.Started);
        Assert.Contains(refused.Problems, problem => problem.EndsWith("Unable to clear session lock record"));
        user.Ini.Clear();
        RawStore.Ask(Backend.MemcachedPort, $"delete {setup.Prefix}lock.{id}\r\n", "DELETED\r\n");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }
}
