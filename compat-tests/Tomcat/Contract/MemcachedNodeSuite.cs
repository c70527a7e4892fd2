using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Tomcat.Nodes;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using Xunit;

namespace SessionGateway.CompatTests.Tomcat.Contract;

/// <summary>Rules of a memcached node that differ between text and binary, byte by byte.</summary>
public abstract class MemcachedNodeSuite<TStack>(StorageServers<TStack> servers) : IClassFixture<StorageServers<TStack>>
    where TStack : IStack, new()
{
    [Fact]
    public void A_negative_exptime_over_text_is_stored_and_gone_at_once()
    {
        using RawConnection connection = servers.Memcached();
        Assert.Equal("STORED\r\n", connection.Ask("set neg 0 -1 1\r\nx\r\n", "STORED\r\n"));
        Assert.Equal("END\r\n", connection.Ask("get neg\r\n", "END\r\n"));
        Assert.Equal("STORED\r\n", connection.Ask("set neg 0 0 1\r\nx\r\n", "STORED\r\n"));
        Assert.Equal("STORED\r\n", connection.Ask("set neg 0 -1 1\r\ny\r\n", "STORED\r\n"));
        Assert.Equal("END\r\n", connection.Ask("get neg\r\n", "END\r\n"));
        Assert.Equal("STORED\r\n", connection.Ask("add neg 0 0 1\r\nz\r\n", "STORED\r\n"));
    }

    [Fact]
    public void A_negative_exptime_over_binary_is_a_time_in_2106()
    {
        using RawConnection connection = servers.Memcached();
        Assert.Equal(BinaryStatus.Success,
            Ask(connection, Requests.Binary(BinaryOpcode.Set, 1, "bneg", -1, "x"u8)).Status);
        Assert.Equal(BinaryStatus.KeyExists,
            Ask(connection, Requests.Binary(BinaryOpcode.Add, 2, "bneg", 0, "y"u8)).Status);
        Assert.Equal("x"u8.ToArray(), Ask(connection, Requests.Binary(BinaryOpcode.Get, 3, "bneg")).Value.ToArray());
    }

    [Theory]
    [InlineData(2_592_001)]
    [InlineData(1_700_000_000)]
    public void An_absolute_exptime_in_the_past_is_stored_and_not_found(int exptime)
    {
        using IStorage text = servers.Connect("text"), binary = servers.Connect("binary");
        foreach (IStorage client in new[] { text, binary })
        {
            Assert.True(client.Set("past", exptime, [1]));
            Assert.Null(client.Get("past"));
            Assert.True(client.Add("past", exptime, [2]));
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    public void A_refused_set_takes_the_old_value_away_and_the_connection_goes_on(string protocol)
    {
        using IStorage client = servers.Connect(protocol);
        const string key = "8DA1CA5E0B4F49E5-n1";
        Assert.True(client.Set(key, 0, [1]));
        Assert.False(client.Set(key, 0, new byte[1_200_377]));
        Assert.Null(client.Get(key));
        Assert.True(client.Set(key, 0, [2]));
        Assert.Equal([2], client.Get(key));
    }

    [Fact]
    public void Text_commands_in_one_segment_are_answered_in_order()
    {
        using RawConnection connection = servers.Memcached();
        connection.Ask("set pa 0 0 1\r\nx\r\nset pb 0 0 2\r\nyy\r\n", "STORED\r\nSTORED\r\n");
        Assert.Equal("DELETED\r\nNOT_FOUND\r\nDELETED\r\n",
            connection.Ask("delete pa\r\ndelete pa\r\ndelete pb\r\n", "DELETED\r\nNOT_FOUND\r\nDELETED\r\n"));
        var requests = new StringBuilder();
        var replies = new StringBuilder();
        for (int i = 0; i < 2000; i++)
        {
            requests.Append($"set p{i} 0 3600 5\r\n{i:00000}\r\nget p{i}\r\nadd p{i} 0 5 1\r\n\x01\r\ndelete q{i}\r\n");
            replies.Append($"STORED\r\nVALUE p{i} 0 5\r\n{i:00000}\r\nEND\r\nNOT_STORED\r\nNOT_FOUND\r\n");
        }
        Assert.Equal(replies.ToString(), connection.Ask(requests.ToString(), replies.ToString()));
    }

    [Fact]
    public void Binary_requests_in_one_segment_are_answered_in_order()
    {
        using RawConnection connection = servers.Memcached();
        var requests = new List<byte>();
        for (uint i = 0; i < 2000; i++)
        {
            requests.AddRange(Requests.Binary(BinaryOpcode.Set, 2 * i, $"b{i}", 3600, "value"u8));
            requests.AddRange(Requests.Binary(BinaryOpcode.Get, (2 * i) + 1, $"b{i}"));
        }
        connection.Send(requests.ToArray());
        for (uint i = 0; i < 4000; i++)
        {
            BinaryReply reply = connection.ReadBinary();
            Assert.Equal(i, reply.Header.Opaque);
            Assert.Equal(BinaryStatus.Success, reply.Status);
            Assert.Equal(i % 2 == 0 ? [] : "value"u8.ToArray(), reply.Value.ToArray());
        }
    }

    [Fact]
    public void A_large_value_in_16_KiB_writes_arrives_whole()
    {
        using RawConnection connection = servers.Memcached();
        byte[] value = new byte[900_000];
        new Random(1).NextBytes(value);
        byte[] request = [.. "set chunks 0 3600 900000\r\n"u8, .. value, .. "\r\n"u8];
        foreach (byte[] chunk in request.Chunk(16 * 1024))
            connection.Send(chunk);
        Assert.Equal("STORED\r\n", connection.ReadThrough("\r\n"));
        connection.Send("get chunks\r\n");
        Assert.Equal("VALUE chunks 0 900000\r\n", connection.ReadThrough("\r\n"));
        Assert.True(connection.ReadExactly(value.Length).AsSpan().SequenceEqual(value));
        Assert.Equal("\r\nEND\r\n", connection.ReadThrough("END\r\n"));
    }

    private static BinaryReply Ask(RawConnection connection, byte[] request)
    {
        connection.Send(request);
        return connection.ReadBinary();
    }
}
