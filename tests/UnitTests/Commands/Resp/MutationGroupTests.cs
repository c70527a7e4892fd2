using System.Text;
using SessionGateway.Store.Mutations;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>What commands over several keys tell the mutation stream: one group each.</summary>
public sealed class MutationGroupTests : OwningTests, IMutationListener
{
    private readonly CommandHost _host = new();
    private readonly RespPeer _peer;
    private readonly StringBuilder _told = new();

    public MutationGroupTests()
    {
        _peer = new RespPeer(_host);
        _peer.Send("MSET a 1 b 2 c 3");
        _host.Store.Listen(this);
    }

    [Theory]
    [InlineData("SET a 5", "Put a")]
    [InlineData("APPEND a 5", "Spliced a")]
    [InlineData("MSET a 5 b 6 d 7", "( Put a Put b Put d )")]
    [InlineData("MSETNX d 5 e 6", "( Put d Put e )")]
    [InlineData("MSETNX a 5 e 6", "")]
    [InlineData("DEL a b x", "( Removed a Removed b )")]
    [InlineData("MGET a b c", "")]
    [InlineData("EXPIRE a 100", "ExpiryChanged a")]
    [InlineData("FLUSHDB", "( Flushed  )")]
    public void A_command_is_told_as_one_step(string command, string told)
    {
        _peer.Send(command);
        Assert.Equal(told, _told.ToString().Trim());
    }

    [Fact]
    public void A_transaction_is_one_group_whatever_it_does()
    {
        _peer.Send("MULTI");
        _peer.Send("SET a 5");
        _peer.Send("INCR n");
        _peer.Send("MSET b 6 c 7");
        _peer.Send("DEL a");
        Assert.Equal("", _told.ToString());
        _peer.Send("EXEC");
        Assert.Equal("( Put a Put n Put b Put c Removed a )", _told.ToString().Trim());
    }

    [Fact]
    public void Flushall_tells_each_database_once()
    {
        _peer.Send("FLUSHALL");
        Assert.Equal("( " + string.Concat(Enumerable.Repeat("Flushed  ", 16)) + ")", _told.ToString().Trim());
    }

    void IMutationListener.OnMutation(in Mutation mutation) => _told.Append(mutation.Kind switch
    {
        MutationKind.GroupBegin => "( ",
        MutationKind.GroupEnd => ") ",
        _ => $"{mutation.Kind} {Encoding.Latin1.GetString(mutation.Key)} ",
    });
}
