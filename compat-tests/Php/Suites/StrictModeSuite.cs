using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>session.use_strict_mode: ids that the store does not know are not accepted from a browser.</summary>
public abstract class StrictModeSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    /// <summary>The setups whose handler checks ids.</summary>
    public static TheoryData<string> Strict => NamesOf(Setups.Strict);

    /// <summary>Those of php-memcached, which asks by an "add" that must leave nothing behind.</summary>
    public static TheoryData<string> Memcached => NamesOf(Setups.Strict.Where(setup => setup is MemcachedSetup));

    /// <summary>The setups whose handler cannot check ids.</summary>
    public static TheoryData<string> NotStrict => NamesOf(Setups.Wires.Except(Setups.Strict));

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task An_invented_id_is_replaced_each_time_it_comes(string name)
    {
        Setup setup = Setups.Named(name);
        string invented = InventedId();
        for (int time = 0; time < 3; time++)
        {
            using Browser user = StrictVisitor(setup, invented);
            Reply reply = await user.Ask(time % 2, "login&user=alice");
            Assert.NotEqual(invented, reply.Sid);
            Assert.Equal(reply.Sid, user.SessionId);
            Assert.Null(setup.Stored(Backend, invented));
            Assert.Equal("alice", (await user.Ask(Right, "show")).User);
        }
    }

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task A_known_id_is_kept(string name)
    {
        using Browser user = StrictVisitor(Setups.Named(name));
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        for (int time = 0; time < 3; time++)
        {
            Reply page = await user.Ask(time % 2, "show");
            Assert.Equal("alice", page.User);
            Assert.Equal(id, page.Sid);
        }
    }

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task The_id_of_a_session_without_any_data_is_known(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = StrictVisitor(setup);
        string id = (await user.Ask(Left, "show")).Sid;
        RawItem? stored = setup.Stored(Backend, id);
        Assert.NotNull(stored);
        Assert.Empty(stored.Value);
        Assert.Equal(id, (await user.Ask(Right, "show")).Sid);
    }

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task The_id_of_a_destroyed_session_is_not_known_any_more(string name)
    {
        using Browser user = StrictVisitor(Setups.Named(name));
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        await user.Ask(Right, "destroy");
        Assert.NotEqual(id, (await user.Ask(Left, "show")).Sid);
    }

    [Theory]
    [MemberData(nameof(Strict))]
    public async Task An_id_can_be_regenerated(string name)
    {
        using Browser user = StrictVisitor(Setups.Named(name));
        await user.Ask(Left, "login&user=alice");
        Assert.True((await user.Ask(Right, "regenerate&delete=1")).Result);
        Assert.Equal("alice", (await user.Ask(Left, "show")).User);
    }

    [Theory]
    [MemberData(nameof(Memcached))]
    public void The_31_day_add_that_asks_for_an_id_leaves_nothing_behind(string name)
    {
        var setup = (MemcachedSetup)Setups.Named(name);
        string key = setup.Prefix + InventedId();
        for (int time = 0; time < 2; time++)
        {
            RawStore.Ask(Backend.MemcachedPort, $"add {key} 0 2678400 0\r\n\r\n", "STORED\r\n");
            Assert.Null(RawStore.Memcached(Backend.MemcachedPort, key));
        }
    }

    [Theory]
    [MemberData(nameof(NotStrict))]
    public async Task A_handler_without_the_check_takes_any_id(string name)
    {
        string invented = InventedId();
        using Browser user = StrictVisitor(Setups.Named(name), invented);
        Assert.Equal(invented, (await user.Ask(Left, "login&user=alice")).Sid);
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    private static Browser StrictVisitor(Setup setup, string? id = null)
    {
        Browser user = Visitor(setup, id);
        user.Ini["session.use_strict_mode"] = "1";
        return user;
    }
}
