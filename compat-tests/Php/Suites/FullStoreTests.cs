using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>
/// Stock handlers with locking before a store that is full: whoever has a session opens and changes every page, in
/// every round; who has none gets none.
/// </summary>
public sealed class FullStoreTests
{
    private const int Users = 12;
    private const int Rounds = 6;

    /// <summary>The setups that lock.</summary>
    public static TheoryData<string> Locking => [.. Setups.Locking.Select(setup => setup.Name)];

    [Theory]
    [MemberData(nameof(Locking))]
    public async Task Every_page_of_every_known_user_works(string name)
    {
        Setup setup = Setups.Named(name);
        using var backend = new SmallGateway();
        using var site = new Site([.. setup.Ini(backend)]);
        Browser[] users = [.. Enumerable.Range(0, Users).Select(_ => new Browser(site))];
        foreach (Browser user in users)
            await user.Ask(0, "login&user=alice");
        Assert.InRange(backend.FillUp(), 300, 5_000);
        for (int round = 1; round <= Rounds; round++)
        {
            foreach (Browser user in users)
            {
                Assert.Equal(round, (await user.Ask(round % 2, "count")).Count);
                Assert.Equal("alice", (await user.Ask(round % 2, "show")).User);
            }
        }

        Assert.Equal(0, backend.Statistic("writes_refused_inside"));
        foreach (Browser user in users)
            user.Dispose();
    }
}
