using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

public sealed class LoginWatchTests
{
    private const long Start = 1_750_000_000_000;

    private readonly LineRecorder _lines = new();
    private readonly LoginWatch _watch;

    public LoginWatchTests() => _watch = new LoginWatch(new LoginLog(_lines));

    [Fact]
    public void The_log_has_one_line_a_minute_for_each_address_with_a_count()
    {
        long now = Start;
        List<string> told = [];
        for (int second = 0; second < 180; second++, now += 1000)
        {
            for (int i = 0; i < 100; i++)
            {
                _watch.Failed($"192.0.2.1:{i}", now);
            }

            _watch.Failed("192.0.2.2:5", now);
            _watch.Look(now);
            told.AddRange(_lines.Take(4000));
        }

        Assert.Equal(
            [
                "100 failed logins from 192.0.2.1", "1 failed logins from 192.0.2.2",
                "6000 failed logins from 192.0.2.1", "60 failed logins from 192.0.2.2",
                "6000 failed logins from 192.0.2.1", "60 failed logins from 192.0.2.2",
            ],
            told.Select(line => line.Split(" since")[0]));
    }

    [Fact]
    public void The_first_failures_are_answered_at_once_and_a_quiet_minute_forgives()
    {
        int[] delays = [.. Enumerable.Range(0, 10).Select(_ => _watch.Failed("192.0.2.1:1", Start))];
        Assert.Equal([0, 0, 0, 100, 200, 400, 800, 1600, 2000, 2000], delays);
        Assert.Equal(0, _watch.Failed("192.0.2.2:1", Start));
        Assert.Equal(2000, _watch.Failed("192.0.2.1:1", Start + 59_999));
        Assert.Equal(0, _watch.Failed("192.0.2.1:1", Start + 120_000));
    }

    [Fact]
    public void The_table_of_addresses_is_bounded_and_no_failure_goes_untold()
    {
        const int addresses = 5000;
        for (int i = 0; i < addresses; i++)
        {
            _watch.Failed($"10.0.{i / 256}.{i % 256}:1", Start + i);
        }

        Assert.Equal(LoginWatch.MaxAddresses, _watch.Count);
        _watch.Look(Start + addresses);
        Assert.Equal(LoginWatch.MaxAddresses, _lines.Take(4000).Length);
        Assert.StartsWith($"{addresses - LoginWatch.MaxAddresses} failed", Assert.Single(_lines.Take(4001)));
        _watch.Look(Start + 200_000);
        Assert.Equal(0, _watch.Count);
    }

    [Theory]
    [InlineData("[2001:db8:1:2::1]:1", "[2001:db8:1:2:ffff::9]:2", "[2001:db8:1:2::]/64")]
    [InlineData("[::ffff:192.0.2.1]:1", "192.0.2.1:7", "192.0.2.1")]
    [InlineData("/run/g.sock:0", "/run/g.sock:0", "/run/g.sock")]
    public void An_address_is_what_a_host_cannot_change(string one, string other, string told)
    {
        _watch.Failed(one, Start);
        _watch.Failed(other, Start);
        _watch.Look(Start);
        Assert.StartsWith($"2 failed logins from {told} since", Assert.Single(_lines.Take(4000)));
    }
}
