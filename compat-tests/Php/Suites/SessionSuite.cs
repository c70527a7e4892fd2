using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>A user's way through an application on two app servers, with every handler and every serializer.</summary>
public abstract class SessionSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private const int BigBytes = 900 * 1024;

    /// <summary>All of the matrix.</summary>
    public static TheoryData<string> All => NamesOf(Setups.All);

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_login_on_one_server_is_known_on_the_other(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        Reply login = await user.Ask(Left, "login&user=alice");
        Assert.Null(login.User);
        Reply page = await user.Ask(Right, "show");
        Assert.Equal("alice", page.User);
        Assert.Equal(login.Sid, page.Sid);
        Assert.NotEqual(login.Node, page.Node);
        using Browser other = Visitor(Setups.Named(name));
        Assert.Null((await other.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task What_one_server_changes_the_other_sees(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        for (int i = 1; i <= 8; i++)
            Assert.Equal(i, (await user.Ask(i % 2, "count")).Count);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_store_holds_the_very_bytes_that_PHP_encoded(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        Reply login = await user.Ask(Left, "login&user=alice");
        RawItem? stored = setup.Stored(Backend, login.Sid);
        Assert.NotNull(stored);
        Assert.Equal(login.Encoded, stored.Value);
        Assert.Equal(0u, stored.Flags);
        Assert.False(setup.IsLocked(Backend, login.Sid));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_session_of_900_KB_of_random_bytes_comes_back_whole(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        Reply filled = await user.Ask(Left, $"fill&length={BigBytes}");
        Reply page = await user.Ask(Right, "count");
        Assert.Equal(filled.Data["blob"].GetString(), page.Seen["blob"].GetString());
        Assert.Equal(filled.Data["blob"].GetString(), (await user.Ask(Left, "show")).Seen["blob"].GetString());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_regenerated_id_leads_to_the_same_user_and_the_old_one_can_stay(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string old = (await user.Ask(Left, "login&user=alice")).Sid;
        Reply regenerated = await user.Ask(Right, "regenerate");
        Assert.True(regenerated.Result);
        Assert.NotEqual(old, regenerated.Sid);
        Assert.Equal(regenerated.Sid, user.SessionId);
        Assert.Equal("alice", (await user.Ask(Left, "show")).User);
        Assert.NotNull(setup.Stored(Backend, old));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_regenerated_id_can_end_the_old_one(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string old = (await user.Ask(Left, "login&user=alice")).Sid;
        Assert.True((await user.Ask(Right, "regenerate&delete=1")).Result);
        Assert.Equal("alice", (await user.Ask(Left, "show")).User);
        Assert.Null(setup.Stored(Backend, old));
        using Browser thief = Visitor(setup, old);
        Assert.Null((await thief.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task A_destroyed_session_is_gone_on_both_servers(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        Assert.True((await user.Ask(Right, "destroy")).Result);
        Assert.Null(setup.Stored(Backend, id));
        Assert.False(setup.IsLocked(Backend, id));
        Assert.Null((await user.Ask(Left, "show")).User);
        Assert.Null((await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task An_aborted_change_is_not_stored(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        user.Ini["memcache.lock_timeout"] = "1"; // pecl-memcache does not unlock here: the lock must run out
        await user.Ask(Left, "login&user=alice");
        await user.Ask(Left, "abort");
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Read_and_close_sees_the_session_and_lets_others_write(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        user.Ini["memcache.lock_timeout"] = "1"; // as above
        await user.Ask(Left, "login&user=alice");
        Assert.Equal("alice", (await user.Ask(Right, "peek")).User);
        Assert.Equal(1, (await user.Ask(Left, "count")).Count);
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }
}
