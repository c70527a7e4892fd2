using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests;

/// <summary>Whose place a newcomer gets when all are taken, over several loops.</summary>
public sealed class StrangerQueueTests
{
    private const string Refusal = "-ERR max number of clients reached\r\n";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Strangers_go_in_the_order_in_which_they_came_whatever_loop_they_are_on(int loops)
    {
        using var rig = new IntakeRig(loops, maxConnections: 30, strangerPlaces: 10);
        MemoryTransport[] users = [.. Enumerable.Range(0, 20).Select(_ => rig.LogIn())];
        MemoryTransport[] strangers = [.. Enumerable.Range(0, 25).Select(n =>
        {
            // The clocks of loops differ: each looks when it has waited.
            rig.Clock.Advance(TimeSpan.FromMilliseconds(n % 3));
            rig.Loops[n % loops].RunTurn();
            return rig.Accept();
        })];
        rig.Settle();
        Assert.Equal(strangers[..15], strangers.Where(s => s.IsClosedByServer));
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal("+OK\r\n", IntakeRig.Text(rig.LogIn()));
            Assert.Equal(strangers[..(16 + i)], strangers.Where(s => s.IsClosedByServer));
        }

        Assert.Equal((30, 25), (rig.Open, rig.Rejected));
        Assert.Equal(Refusal, IntakeRig.Text(rig.Accept()));
        Assert.All(users, u => Assert.Equal((false, "+OK\r\n"), (u.IsClosedByServer, IntakeRig.Text(u))));
    }

    [Fact]
    public void Who_logs_in_after_he_was_chosen_stays_and_the_next_oldest_goes()
    {
        using var rig = new IntakeRig(2, maxConnections: 3, strangerPlaces: 3);
        MemoryTransport[] strangers = [rig.Accept(), rig.Accept(), rig.Accept()];
        rig.Settle();
        MemoryTransport? newcomer = null;
        // While the first one's loop executes its login, another thread gives its place away.
        strangers[0].OnReceive = () => newcomer ??= rig.Accept();
        IntakeRig.PostLogin(strangers[0]);
        rig.Settle();
        Assert.Equal(("+OK\r\n", false), (IntakeRig.Text(strangers[0]), strangers[0].IsClosedByServer));
        Assert.Equal([strangers[1]], strangers.Where(s => s.IsClosedByServer));
        Assert.False(newcomer!.IsClosedByServer);
        Assert.Equal((3, 1), (rig.Open, rig.Rejected));
    }

    [Fact]
    public void Whose_login_waits_for_its_turn_is_not_idle_and_the_next_oldest_goes()
    {
        using var rig = new IntakeRig(2, maxConnections: 3, strangerPlaces: 3);
        MemoryTransport[] strangers = [rig.Accept(), rig.Accept(), rig.Accept()];
        rig.Settle();
        IntakeRig.SendLogin(strangers[0]);
        strangers[1].Arrive("*3\r\n$4\r\nAUTH\r\n$1\r\nu\r\n$1\r\n"u8.ToArray());
        MemoryTransport newcomer = rig.Accept();
        rig.Settle();
        Assert.Equal("+OK\r\n", IntakeRig.Text(strangers[0]));
        Assert.Equal([strangers[1]], strangers.Where(s => s.IsClosedByServer));
        Assert.False(newcomer.IsClosedByServer);
        Assert.Equal((3, 1), (rig.Open, rig.Rejected));
    }

    [Fact]
    public void Two_newcomers_get_two_places_and_the_third_is_refused_when_no_stranger_is_left()
    {
        using var rig = new IntakeRig(2, maxConnections: 4, strangerPlaces: 4);
        MemoryTransport[] users = [rig.LogIn(), rig.LogIn()];
        MemoryTransport[] strangers = [rig.Accept(), rig.Accept()];
        rig.Settle();
        MemoryTransport first = rig.Accept();
        MemoryTransport second = rig.Accept();
        IntakeRig.PostLogin(first);
        IntakeRig.PostLogin(second);
        rig.Settle();
        Assert.Equal(("+OK\r\n", "+OK\r\n"), (IntakeRig.Text(first), IntakeRig.Text(second)));
        Assert.All(strangers, s => Assert.True(s.IsClosedByServer));
        MemoryTransport third = rig.Accept();
        rig.Settle();
        Assert.Equal((Refusal, true), (IntakeRig.Text(third), third.IsClosedByServer));
        Assert.All(users, u => Assert.False(u.IsClosedByServer));
        Assert.Equal((4, 3), (rig.Open, rig.Rejected));
    }

    [Fact]
    public void Newcomers_are_let_in_before_any_loop_has_taken_the_others_over()
    {
        using var rig = new IntakeRig(2, maxConnections: 2, strangerPlaces: 2);
        MemoryTransport[] all = [.. Enumerable.Range(0, 6).Select(_ => rig.Accept())];
        rig.Settle();
        Assert.Equal(all[..4], all.Where(t => t.IsClosedByServer));
        Assert.All(all, t => Assert.Empty(t.Sent));
        Assert.Equal((2, 4), (rig.Open, rig.Rejected));
    }

    [Fact]
    public void Newcomers_wait_at_the_door_while_32_are_on_their_way_out()
    {
        using var rig = new IntakeRig(2, maxConnections: 2, strangerPlaces: 2);
        int accepted = 0;
        while (rig.MayAccept)
        {
            rig.Accept();
            accepted++;
        }

        Assert.Equal((34, 34), (accepted, rig.Open));
        rig.Settle();
        Assert.Equal((true, 2), (rig.MayAccept, rig.Open));
    }

    [Fact]
    public void Who_has_to_log_in_again_stands_at_the_end_of_the_line()
    {
        using var rig = new IntakeRig(2, maxConnections: 3, strangerPlaces: 3);
        MemoryTransport user = rig.LogIn();
        MemoryTransport[] strangers = [rig.Accept(), rig.Accept()];
        rig.Settle();
        user.Arrive("*1\r\n$5\r\nRESET\r\n"u8.ToArray());
        user.Notify();
        rig.Settle();
        MemoryTransport[] newcomers = [rig.Accept(), rig.Accept()];
        rig.Settle();
        Assert.All(strangers, s => Assert.True(s.IsClosedByServer));
        Assert.False(user.IsClosedByServer);
        rig.Accept();
        rig.Settle();
        Assert.True(user.IsClosedByServer);
        Assert.All(newcomers, n => Assert.False(n.IsClosedByServer));
    }
}
