using SessionGateway.Store.Policies;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>What the wire samples cannot show: the clock, memory that ends, and bounds that Redis has not.</summary>
public sealed class KeyEventTests : OwningTests
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _listener;
    private readonly RespPeer _speaker;

    public KeyEventTests()
    {
        _listener = new RespPeer(_host);
        _speaker = new RespPeer(_host);
    }

    [Fact]
    public void An_item_that_upkeep_finds_expired_is_told_by_its_name()
    {
        Listen("Ex", "__keyevent@*__:expired");
        _host.PutWithFlags("of memcached", "v", 0, _host.Clock.Now + 100);
        _speaker.Expect("SELECT 2", "+OK").Expect("SET k v PX 100", "+OK");
        _host.Clock.Now += 99;
        Maintain();
        Assert.Equal("", _listener.TakePushed());
        _host.Clock.Now += 1;
        Maintain();
        string told = _listener.TakePushed();
        Assert.Contains("*4 $8 pmessage $22 __keyevent@*__:expired $22 __keyevent@0__:expired $12 of memcached", told);
        Assert.Contains("*4 $8 pmessage $22 __keyevent@*__:expired $22 __keyevent@2__:expired $1 k", told);
    }

    [Fact]
    public void A_time_that_has_passed_already_is_told_as_if_the_item_had_been_there()
    {
        Listen("AE", "__keyevent@0__:*");
        _speaker.Expect("SET k v EXAT 1", "+OK").Expect("EXISTS k", ":0");
        Assert.Equal(["set", "expire", "expired"], Names());
    }

    [Fact]
    public void Items_given_up_for_memory_are_told()
    {
        var host = new CommandHost(memory: 8 << 20, policy: EvictionPolicy.EvictLru);
        var listener = new RespPeer(host, 64 << 20);
        var speaker = new RespPeer(host);
        speaker.Send("CONFIG SET notify-keyspace-events Ee");
        listener.Send("PSUBSCRIBE *");
        string value = new('v', 100_000);
        for (int i = 0; i < 200; i++)
        {
            speaker.Expect($"SET k{i} {value}", "+OK");
        }

        Assert.Contains("__keyevent@0__:evicted $2 k0", listener.TakePushed());
    }

    [Fact]
    public void A_key_that_makes_the_channel_longer_than_channels_may_be_is_told_to_the_event_only()
    {
        Listen("AKE", "__key*");
        _speaker.Expect($"SET {new string('k', 1009)} v", "+OK");
        Assert.Equal(2, _listener.TakePushed().Split("pmessage").Length - 1);
        _speaker.Expect($"SET {new string('k', 1010)} v", "+OK");
        Assert.Contains("__keyevent@0__:set", _listener.TakePushed());
    }

    [Fact]
    public void Own_changes_are_pushed_behind_the_answers_of_exec()
    {
        _listener.Send("HELLO 3");
        _listener.Send("CONFIG SET notify-keyspace-events E$");
        _listener.Send("PSUBSCRIBE *");
        _listener.Expect("MULTI", "+OK").Expect("SET a 1", "+QUEUED").Expect("PING", "+QUEUED")
            .Expect("EXEC", "*2 +OK +PONG >4 $8 pmessage $1 * $18 __keyevent@0__:set $1 a");
    }

    [Fact]
    public void Nothing_is_told_after_a_refused_write()
    {
        var host = new CommandHost(memory: 4 << 20);
        var listener = new RespPeer(host, 64 << 20);
        var speaker = new RespPeer(host);
        speaker.Send("CONFIG SET notify-keyspace-events AE");
        listener.Send("PSUBSCRIBE *");
        Assert.StartsWith("-OOM", speaker.Send($"SET k {new string('v', 5_000_000)}"));
        Assert.Equal("", listener.TakePushed());
    }

    private void Listen(string letters, string pattern)
    {
        _speaker.Expect($"CONFIG SET notify-keyspace-events {letters}", "+OK");
        _listener.Send($"PSUBSCRIBE {pattern}");
    }

    private void Maintain()
    {
        for (int shard = 0; shard < _host.Store.Shards.Length; shard++)
        {
            while (!_host.Store.Maintain(shard, _host.Clock.Now, 1000))
            {
            }
        }
    }

    private string[] Names() => [.. _listener.TakePushed().Split("__keyevent@0__:").Where((_, i) => i > 1 && i % 2 == 0)
        .Select(part => part.Split(' ')[0])];
}
