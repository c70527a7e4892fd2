using System.Text;
using SessionGateway.Store.Segments;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>A large hash with more fields whose time is over than one look, or one turn, ends.</summary>
public sealed class ManyFieldsOverTests : OwningTests
{
    private const int Few = 600;
    private const int Many = 20_000;

    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;

    public ManyFieldsOverTests() => _peer = new RespPeer(_host);

    [Theory]
    [InlineData(Few)]
    [InlineData(Many)]
    public void Random_fields_are_those_that_live(int ended)
    {
        Over("h", ended);
        Live("h", 5);
        string[] drawn = _peer.Send("HRANDFIELD h 50").Split(' ');
        Assert.Equal("*5", drawn[0]);
        Assert.Equal(["L0", "L1", "L2", "L3", "L4"], drawn.Where(word => word[0] == 'L').Order());
        ((SegmentItemStore)_host.Store).CheckIntegrity();
    }

    [Theory]
    [InlineData("HRANDFIELD h 50", 50)]
    [InlineData("HRANDFIELD h 2", 2)]
    [InlineData("HRANDFIELD h -50", 50)]
    [InlineData("HRANDFIELD h", 1)]
    public void As_many_random_fields_as_asked_for_come(string request, int count)
    {
        Over("h", 3000);
        Live("h", 3000);
        string[] drawn = _peer.Send(request).Split(' ');
        Assert.Equal(count, drawn.Count(word => word[0] == 'L'));
        Assert.DoesNotContain(drawn, word => word[0] == 'f' || word is "$-1");
    }

    [Theory]
    [InlineData("HRANDFIELD h", "$-1")]
    [InlineData("HRANDFIELD h 5", "*0")]
    [InlineData("HRANDFIELD h -5", "*0")]
    [InlineData("HLEN h", ":0")]
    [InlineData("DUMP h", "$-1")]
    [InlineData("COPY h i", ":0")]
    [InlineData("RENAME h i", "-ERR no such key")]
    [InlineData("RENAMENX live h", ":1")]
    [InlineData("COPY live h", ":1")]
    [InlineData("MOVE h 1", ":0")]
    [InlineData("LPUSH h x", ":1")]
    [InlineData("SADD h x", ":1")]
    [InlineData("ZADD h 1 x", ":1")]
    [InlineData("SCARD h", ":0")]
    [InlineData("GET h", "$-1")]
    [InlineData("STRLEN h", ":0")]
    [InlineData("SET h x NX GET", "$-1")]
    [InlineData("INCR h", ":1")]
    [InlineData("HDEL h f1", ":0")]
    [InlineData("HSET h f1 x", ":1")]
    [InlineData("HGETALL h", "*0")]
    [InlineData("EXISTS h h", ":0")]
    [InlineData("TOUCH h", ":0")]
    [InlineData("TYPE h", "+none")]
    [InlineData("TTL h", ":-2")]
    [InlineData("EXPIRE h 10", ":0")]
    [InlineData("PERSIST h", ":0")]
    [InlineData("OBJECT ENCODING h", "$-1")]
    [InlineData("KEYS h", "*0")]
    [InlineData("SCAN 0 COUNT 1000 MATCH h", "*2 $1 0 *0")]
    [InlineData("RANDOMKEY", "$4 live")]
    [InlineData("DEL h", ":0")]
    [InlineData("SUNION h none", "*0")]
    [InlineData("SINTERSTORE live h none", ":0")]
    [InlineData("ZUNIONSTORE live 2 h none", ":0")]
    [InlineData("LMOVE h none LEFT LEFT", "$-1")]
    [InlineData("LMPOP 2 h none LEFT", "*-1")]
    [InlineData("SMOVE h none x", ":0")]
    [InlineData("BITOP NOT live h", ":0")]
    [InlineData("MSETNX h x i y", ":1")]
    public void A_hash_of_which_nothing_is_left_is_absent(string request, string reply)
    {
        foreach (bool isStep in new[] { false, true })
        {
            _peer.Send("FLUSHALL");
            _peer.Expect("SET live x", "+OK");
            Over("h", Many);
            if (isStep)
            {
                _peer.Expect("MULTI", "+OK").Expect(request, "+QUEUED").Expect("EXEC", $"*1 {reply}");
            }
            else
            {
                _peer.Expect(request, reply);
            }

            ((SegmentItemStore)_host.Store).CheckIntegrity();
        }
    }

    [Theory]
    [InlineData("HDEL h f0 f599", ":0")]
    [InlineData("HSET h f0 x f599 x", ":2")]
    public void A_field_that_is_over_is_none_for_a_write(string request, string reply)
    {
        Over("h", Few);
        Live("h", 1);
        _peer.Expect(request, reply);
    }

    [Fact]
    public void One_of_which_something_is_left_keeps_its_type()
    {
        Over("h", Many);
        Live("h", 1);
        string reply = _peer.Send("LPUSH h x");
        Assert.StartsWith("-WRONGTYPE", reply, StringComparison.Ordinal);
        _peer.Expect("HLEN h", ":1").Expect("HGETALL h", "*2 $2 L0 $1 v");
    }

    [Fact]
    public void Ending_them_takes_turns_and_one_answer()
    {
        Over("h", Many);
        Live("h", 7);
        int before = _peer.Turns;
        _peer.Expect("HLEN h", ":7");
        Assert.InRange(_peer.Turns - before, 3, 1000);
    }

    [Fact]
    public void An_answer_that_is_not_wanted_does_not_come_later()
    {
        Over("h", Many);
        _peer.Expect("CLIENT REPLY SKIP", "").Expect("HLEN h", "").Expect("PING", "+PONG");
        Over("h", Many);
        _peer.Expect("CLIENT REPLY OFF", "").Expect("HLEN h", "").Expect("CLIENT REPLY ON", "+OK");
    }

    private void Over(string key, int count)
    {
        for (int from = 0; from < count; from += 200)
        {
            var request = new StringBuilder($"HSETEX {key} PX 100 FIELDS 200");
            for (int i = from; i < from + 200; i++)
            {
                request.Append(System.Globalization.CultureInfo.InvariantCulture, $" f{i} value");
            }

            _peer.Expect(request.ToString(), ":1");
        }

        _host.Clock.Now += 100;
    }

    private void Live(string key, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _host.Clock.Now -= 100;
            _peer.Expect($"HSET {key} L{i} v", ":1");
            _host.Clock.Now += 100;
        }
    }
}
