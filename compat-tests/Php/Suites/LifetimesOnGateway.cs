using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

public sealed class LifetimesOnGateway : LifetimeSuite<Gateway>
{
    // PHP adds it to the time; memcached takes the sum for negative in text, answers STORED and drops the session.
    [Fact]
    public Task The_longest_lifetime_that_php_can_hold_keeps_a_session() =>
        ForAll(Setups.Wires, async (setup, user, _) =>
        {
            user.Ini["session.gc_maxlifetime"] = $"{int.MaxValue}";
            string id = (await user.Ask(Left, "login&user=alice")).Sid;
            Assert.NotNull(setup.Stored(Backend, id));
            Assert.Equal("alice", (await user.Ask(Right, "show")).User);
            Assert.Equal(1, (await user.Ask(Left, "count")).Count);
            Assert.Equal(2, (await user.Ask(Right, "count")).Count);
        });
}
