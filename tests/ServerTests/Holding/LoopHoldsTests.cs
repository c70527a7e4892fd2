using SessionGateway.Gateway.Holding;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

public sealed class LoopHoldsTests : IHeldOwner
{
    private readonly ReplyGate _gate = new();
    private readonly LoopHolds _holds;
    private int _told;
    private int _released;
    private int _failed;
    private HeldReplies? _lost;

    public LoopHoldsTests() => _holds = new LoopHolds(_gate, new HoldLimits(), () => _told++);

    void IHeldOwner.OnReleased() => _released++;

    void IHeldOwner.OnHeldFailed()
    {
        Assert.True(_failed++ < 1, "what was to be released has failed");
        _lost!.Drop();
    }

    [Fact]
    public void A_position_that_is_reached_just_before_its_mark_stands_in_line_is_told()
    {
        var held = new HeldReplies(_holds, this);
        _holds.Enter();
        _gate.Hold(7);
        Assert.Equal(7, _holds.TakeWanted());
        _gate.Reach(7);
        Assert.Equal(0, _told);
        held.Add(10, 7, before: 0);
        Assert.Equal(1, _told);
        _holds.Release();
        Assert.True(held.IsEmpty);
    }

    [Fact]
    public void The_end_of_a_turn_is_told_once_also_when_what_it_wrote_was_not_answered()
    {
        int ends = 0;
        _gate.TurnEnded = () => ends++;
        _holds.Enter();
        _holds.Leave();
        Assert.Equal(0, ends);
        _holds.Enter();
        Assert.True(_gate.Hold(7), "the loop is not known");
        Assert.False(new ReplyGate().Hold(7), "another gate's loop");
        _holds.TakeWanted();
        _holds.Leave();
        _holds.Leave();
        Assert.Equal(1, ends);
    }

    [Fact]
    public void A_turn_of_many_connections_is_told_before_its_end()
    {
        int ends = 0;
        _gate.TurnEnded = () => ends++;
        HeldReplies[] held = [.. Enumerable.Range(0, 64).Select(_ => new HeldReplies(_holds, this))];
        for (int i = 0; i < held.Length; i++)
        {
            Assert.Equal(0, ends);
            held[i].Add(10, i + 1, before: 0);
        }

        Assert.Equal(1, ends);
        _holds.Leave();
        Assert.Equal(2, ends);
    }

    [Fact]
    public void Many_positions_are_one_message_until_it_is_taken()
    {
        var held = new HeldReplies(_holds, this);
        held.Add(10, 5, before: 3);
        held.Add(10, 6, before: 13);
        _gate.Reach(4);
        Assert.Equal(0, _told);
        _gate.Reach(5);
        _gate.Reach(6);
        _gate.Reach(7);
        Assert.Equal(1, _told);
        _holds.Release();
        Assert.Equal(2, _released);
        _gate.Reach(8);
        Assert.Equal(1, _told);
        held.Add(10, 9, before: 0);
        _gate.Reach(9);
        Assert.Equal(2, _told);
    }

    [Fact]
    public void What_may_be_sent_grows_mark_by_mark_and_what_follows_a_mark_goes_with_it()
    {
        var held = new HeldReplies(_holds, this);
        held.Add(10, 5, before: 3);
        held.Add(1, 0, before: 13);
        held.Add(20, 6, before: 14);
        Assert.Equal(3, held.Sendable);
        Assert.Equal(31, _holds.Bytes);
        held.Sent(3);
        _gate.Reach(5);
        _holds.Release();
        Assert.Equal(11, held.Sendable);
        Assert.Equal(20, held.Bytes);
        _gate.Reach(6);
        _holds.Release();
        Assert.True(held.IsEmpty);
        Assert.Equal(0, _holds.Bytes);
        Assert.Equal(0, _holds.Connections);
    }

    [Fact]
    public void The_last_of_many_marks_takes_what_is_new_and_the_others_keep_their_positions()
    {
        var held = new HeldReplies(_holds, this);
        var other = new HeldReplies(_holds, this);
        for (int position = 1; position <= HeldReplies.MostMarks; position++)
        {
            held.Add(1, position, before: 0);
        }

        other.Add(1, 10, before: 0);
        held.Add(1, 11, before: 0);
        _gate.Reach(HeldReplies.MostMarks);
        _holds.Release();
        Assert.Equal(HeldReplies.MostMarks - 1, held.Sendable);
        _gate.Reach(10);
        _holds.Release();
        Assert.True(other.IsEmpty);
        Assert.Equal(2, held.Bytes);
        _gate.Reach(11);
        _holds.Release();
        Assert.True(held.IsEmpty);
    }

    [Fact]
    public void Who_asks_for_a_position_of_long_ago_waits_behind_those_who_stand_in_line()
    {
        var first = new HeldReplies(_holds, this);
        var second = new HeldReplies(_holds, this);
        first.Add(1, 8, before: 0);
        second.Add(1, 3, before: 0);
        _gate.Reach(7);
        _holds.Release();
        Assert.False(second.IsEmpty);
        _gate.Reach(8);
        _holds.Release();
        Assert.True(first.IsEmpty && second.IsEmpty);
    }

    [Fact]
    public void A_connection_that_is_gone_leaves_nothing_in_line_and_its_marks_are_used_again()
    {
        var gone = new HeldReplies(_holds, this);
        var stays = new HeldReplies(_holds, this);
        gone.Add(1, 1, before: 0);
        stays.Add(1, 2, before: 0);
        gone.Add(1, 3, before: 0);
        gone.Drop();
        gone.Drop();
        Assert.Equal(1, _holds.Bytes);
        Assert.Equal(1, _holds.Connections);
        _gate.Reach(1);
        Assert.Equal(0, _told);
        _gate.Reach(2);
        _holds.Release();
        Assert.Equal(1, _released);
        Assert.True(stays.IsEmpty);
    }

    [Fact]
    public void What_was_reached_before_a_failure_is_released_and_only_the_rest_fails()
    {
        var safe = new HeldReplies(_holds, this);
        HeldReplies lost = _lost = new HeldReplies(_holds, this);
        safe.Add(1, 4, before: 0);
        lost.Add(1, 5, before: 0);
        _gate.Reach(4);
        _gate.Fail();
        _holds.Release();
        Assert.Equal((1, 1), (_released, _failed));
        Assert.True(safe.IsEmpty && lost.IsEmpty);
    }

    [Fact]
    public void Other_threads_and_other_gates_hold_nothing()
    {
        _holds.Enter();
        new ReplyGate().Hold(5);
        var thread = new Thread(() => _gate.Hold(5));
        thread.Start();
        thread.Join();
        Assert.Equal(0, _holds.TakeWanted());
        _gate.Hold(5);
        _holds.Enter();
        Assert.Equal(0, _holds.TakeWanted());
    }
}
