using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>One session through several handlers, once their prefixes and serializers are the same.</summary>
public abstract class SharingSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private protected const string Prefix = "sess:";

    /// <summary>Whether the sessions of Redis clients are in the same store.</summary>
    protected abstract bool WithRedis { get; }

    [Theory]
    [InlineData("php")]
    [InlineData("php_serialize")]
    [InlineData("igbinary")]
    public async Task A_login_through_one_handler_is_known_through_every_other(string serializer)
    {
        IReadOnlyList<Setup> setups = Handlers(serializer);
        foreach (Setup writer in setups)
        {
            using Browser user = Visitor(writer);
            string id = (await user.Ask(Left, "login&user=alice")).Sid;
            int views = 0;
            foreach (Setup reader in setups)
            {
                using Browser same = Visitor(reader, id);
                Reply page = await same.Ask(Right, "count");
                Assert.Equal((writer.Name, reader.Name, "alice"), (writer.Name, reader.Name, page.User));
                Assert.Equal(++views, page.Count);
            }
            Assert.Equal(views + 1, (await user.Ask(Left, "count")).Count);
        }
    }

    [Fact]
    public async Task What_one_handler_destroys_is_gone_for_the_others()
    {
        IReadOnlyList<Setup> setups = Handlers("php");
        foreach (Setup destroyer in setups)
        {
            using Browser user = Visitor(setups[0]);
            string id = (await user.Ask(Left, "login&user=alice")).Sid;
            using Browser same = Visitor(destroyer, id);
            await same.Ask(Left, "destroy");
            Assert.All(setups, setup => Assert.Null(setup.Stored(Backend, id)));
        }
    }

    /// <summary>All handlers and protocols that meet in the store.</summary>
    private protected IReadOnlyList<Setup> Handlers(string serializer) =>
    [
        new MemcacheSetup("ascii", serializer, Prefix),
        new MemcacheSetup("binary", serializer, Prefix),
        new MemcachedSetup(Binary: true, serializer, Prefix),
        new MemcachedSetup(Binary: false, serializer, Prefix),
        .. WithRedis ? [new RedisSetup(Locking: true, serializer, Prefix)] : Array.Empty<Setup>(),
    ];
}
