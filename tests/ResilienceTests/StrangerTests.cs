using System.Buffers.Binary;
using System.Diagnostics;
using SessionGateway.ResilienceTests.Support;

namespace SessionGateway.ResilienceTests;

/// <summary>Those who have not logged in, against those who have.</summary>
public sealed class StrangerTests
{
    private const string Login = "AUTH u p\r\n";

    [Theory]
    [EachTransport]
    public void Idle_strangers_do_not_lock_users_out(string transport)
    {
        const int limit = 200;
        using var gateway = RunningGateway.Start(
            transport, "--auth", "u:p", "--max-connections", $"{limit}", "--login-timeout", "1h");
        List<Client> users = [];
        List<Client> strangers = [];
        try
        {
            using var watcher = Client.Connect(gateway.MemcachedPort);
            watcher.Ask("set login 0 0 3\r\nu p\r\n", "STORED\r\n");
            for (int i = 0; i < limit / 2; i++)
            {
                users.Add(LogIn(gateway));
            }

            for (int i = 0; i < limit + (limit / 10); i++)
            {
                strangers.Add(Client.Connect(i % 2 == 0 ? gateway.AutoPort : gateway.RespPort));
            }

            // Listeners accept one after the other: all strangers have come before the users that follow.
            const int waiting = limit / 4;
            Wait.Until(() => Rejected(watcher) == strangers.Count - waiting, () => $"{waiting} strangers");
            // One more user after all of them, and one after the other until all places are taken by users.
            while (users.Count < limit - 1)
            {
                users.Add(LogIn(gateway));
            }

            users.ForEach(user => user.Ask("PING\r\n", "+PONG\r\n"));
            // Nobody but strangers was closed or refused, and each of them once.
            Wait.Until(() => Rejected(watcher) >= strangers.Count, () => "all strangers to be closed");
            Assert.Equal(strangers.Count, Rejected(watcher));
        }
        finally
        {
            users.ForEach(user => user.Dispose());
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [Theory]
    [EachTransport]
    public void Announced_logins_of_a_megabyte_cost_no_session(string transport)
    {
        const int sessions = 2000;
        using var gateway = RunningGateway.Start(
            transport, "--auth", "u:p", "--memory", "64m", "--memory-policy", "evict-lru");
        using Client user = LogIn(gateway);
        string value = new('s', 20_000);
        for (int i = 0; i < sessions; i++)
        {
            user.Ask($"*3\r\n$3\r\nSET\r\n$8\r\ns:{i:d6}\r\n$20000\r\n{value}\r\n", "+OK\r\n");
        }

        byte[] packet = new byte[24 + 5 + 1_000_000];
        packet[0] = 0x80;
        packet[1] = 0x21;
        packet[3] = 5;
        BinaryPrimitives.WriteInt32BigEndian(packet.AsSpan(8), 1 << 20);
        "PLAIN"u8.CopyTo(packet.AsSpan(24));
        List<Client> strangers = [];
        try
        {
            for (int i = 0; i < 90; i++)
            {
                strangers.Add(Client.Connect(gateway.AutoPort));
                strangers[i].SendWithoutWaiting(packet);
            }

            for (int i = 0; i < 200; i++)
            {
                user.Ask($"SET s:{i:d6} x\r\n", "+OK\r\n");
            }

            user.Ask("DBSIZE\r\n", $":{sessions}\r\n");
        }
        finally
        {
            strangers.ForEach(stranger => stranger.Dispose());
        }
    }

    [Theory]
    [EachTransport]
    public void Failed_logins_are_slowed_and_told_while_right_ones_are_taken(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--auth", "u:p");
        using var guesser = Client.Connect(gateway.RespPort);
        const string refusal = "-WRONGPASS invalid username-password pair or user is disabled.\r\n";
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 5; i++)
        {
            guesser.Ask($"AUTH u guess{i}\r\n", refusal);
        }

        // 100 ms after the third and 200 ms after the fourth; 50 ms is how exactly loops look.
        Assert.InRange(watch.ElapsedMilliseconds, 250, long.MaxValue);
        guesser.Send("AUTH u guess\r\n");
        using Client user = LogIn(gateway);
        gateway.AwaitLog("failed logins from 127.0.0.1");
        Assert.DoesNotContain("guess", gateway.Process.Output);
    }

    [Theory]
    [EachTransport]
    public void Who_guesses_and_hangs_up_is_told_with_his_address(string transport)
    {
        using var gateway = RunningGateway.Start(transport, "--auth", "u:p");
        // A reset takes along what the gateway has not read yet: on a busy machine that may be all of many guesses.
        Wait.Until(() =>
        {
            using var guesser = Client.Connect(gateway.RespPort);
            guesser.Send("AUTH u guess\r\n");
            guesser.Reset();
            return gateway.Process.Output.Contains("failed logins from");
        }, () => $"a line about the guesses, not {gateway.Process.Output}");
        Assert.DoesNotContain("failed logins from ?", gateway.Process.Output);
    }

    private static long Rejected(Client watcher) => RunningGateway.Statistic(watcher, "rejected_connections");

    private static Client LogIn(RunningGateway gateway)
    {
        var client = Client.Connect(gateway.RespPort);
        client.Ask(Login, "+OK\r\n");
        return client;
    }
}
