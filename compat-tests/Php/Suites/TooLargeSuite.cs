using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Sessions above memcached's item limit of 1 MiB.</summary>
public abstract class TooLargeSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private const int TooLarge = 1_500_000;

    /// <summary>Whether the session goes on as it was before the value that was refused.</summary>
    private protected virtual bool OlderStateStays => false;

    /// <summary>The setups that have the limit.</summary>
    public static TheoryData<string> Limited => NamesOf(Setups.Memcached);

    /// <summary>The setups of Redis, which has none.</summary>
    public static TheoryData<string> Unlimited => NamesOf(Setups.Wires.Except(Setups.Memcached));

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task The_page_learns_of_it_and_the_connection_goes_on(string name)
    {
        Setup setup = Setups.Named(name);
        using Browser user = Visitor(setup);
        string id = (await user.Ask(Left, "login&user=alice")).Sid;
        Reply refused = await user.Try(Left, $"fill&length={TooLarge}");
        Assert.NotEmpty(refused.Problems);
        // The handler unlocks on the connection on which it sent the value.
        Assert.False(setup.IsLocked(Backend, id));
        Assert.Equal(1, (await user.Ask(Right, "count")).Count);
    }

    [Theory]
    [MemberData(nameof(Limited))]
    public async Task The_older_state_is_removed_by_memcached_and_kept_by_the_gateway(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        await user.Ask(Left, "login&user=alice");
        await user.Try(Left, $"fill&length={TooLarge}");
        Assert.Equal(OlderStateStays ? "alice" : null, (await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(Unlimited))]
    public async Task Redis_clients_store_it(string name)
    {
        using Browser user = Visitor(Setups.Named(name));
        Reply filled = await user.Ask(Left, $"fill&length={TooLarge}");
        Assert.Equal(filled.Data["blob"].GetString(), (await user.Ask(Right, "show")).Seen["blob"].GetString());
    }
}
