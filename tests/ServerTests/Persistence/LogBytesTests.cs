using System.Buffers.Binary;
using System.Text;
using SessionGateway.Durability.Writing;
using SessionGateway.Protocols.Detection;
using SessionGateway.ServerTests.InMemory;
using Xunit;

namespace SessionGateway.ServerTests.Persistence;

/// <summary>What a session's write costs on the disk: its key, its value, and no more than 48 bytes (34 as a rule, 35
/// with memcached's flags), as which protocol it came.</summary>
public sealed class LogBytesTests : IDisposable
{
    private const int MostOverhead = 48;
    private const int ValueBytes = 1200;

    private readonly TestServer _server = new();
    private readonly LogIntake _intake;

    public LogBytesTests()
    {
        _intake = new LogIntake(
            new LogSettings(), LogPast.None(Guid.Empty), _server.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        _server.Store.Listen(_intake);
    }

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    [InlineData("resp")]
    public void A_write_of_a_session_takes_its_key_its_value_and_at_most_48_bytes(string protocol)
    {
        TestClient client = _server.Connect(ListenerProtocol.Auto);
        long most = 0;
        for (int i = 0; i < 2000; i++)
        {
            // Hours later numbers that are relative to the segment's have become longer.
            _server.Clock.Advance(TimeSpan.FromSeconds(30));
            string key = $"memc.sess.key.{i:d26}";
            long before = _intake.TakenBytes;
            client.Send(Request(protocol, key, new string((char)('a' + (i % 26)), ValueBytes)));
            Assert.NotEmpty(client.Receive());
            most = Math.Max(most, _intake.TakenBytes - before - key.Length - ValueBytes);
        }

        Assert.InRange(most, 20, MostOverhead);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    [InlineData("resp")]
    public void A_session_that_is_written_back_as_it_was_is_logged_without_its_value(string protocol)
    {
        TestClient client = _server.Connect(ListenerProtocol.Auto);
        string value = new('v', ValueBytes);
        client.Ask(Encoding.Latin1.GetString(Request(protocol, "key", value)));
        long before = _intake.TakenBytes;
        client.Ask(Encoding.Latin1.GetString(Request(protocol, "key", value)));
        Assert.InRange(_intake.TakenBytes - before, 10, 3 + MostOverhead);
    }

    private static byte[] Request(string protocol, string key, string value)
    {
        if (protocol != "binary")
        {
            return Encoding.Latin1.GetBytes(protocol == "text"
                ? $"set {key} 4 1000000 {value.Length}\r\n{value}\r\n"
                : $"*4\r\n$5\r\nSETEX\r\n${key.Length}\r\n{key}\r\n$7\r\n1000000\r\n${value.Length}\r\n{value}\r\n");
        }

        byte[] request = new byte[24 + 8 + key.Length + value.Length];
        request[0] = 0x80;
        request[1] = 1;
        BinaryPrimitives.WriteUInt16BigEndian(request.AsSpan(2), (ushort)key.Length);
        request[4] = 8;
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), 8 + key.Length + value.Length);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(28), 1000000);
        Encoding.Latin1.GetBytes(key + value, request.AsSpan(32));
        return request;
    }
}
