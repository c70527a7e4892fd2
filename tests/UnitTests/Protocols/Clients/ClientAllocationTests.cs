using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.UnitTests.Protocols.Clients;

public sealed class ClientAllocationTests
{
    private const int Runs = 200;

    private readonly byte[] _buffer = new byte[4096];

    [Fact]
    public void Writing_requests_allocates_nothing() => AssertFree(() =>
    {
        var writer = new SpanWriter(_buffer);
        writer.WriteStorage("set"u8, "key"u8, 1, 100, "value"u8);
        writer.WriteStorage(BinaryOpcode.Set, 7, "key"u8, 1, 100, "value"u8);
        writer.WriteArithmetic(BinaryOpcode.Increment, 7, "key"u8, 1, 0, 0);
        writer.WriteCommand(3);
        writer.WriteArgument("SET"u8);
        writer.WriteArgument("key"u8);
        writer.WriteArgument(12345);
    });

    [Fact]
    public void Reading_replies_allocates_nothing()
    {
        long sum = 0;
        AssertFree(() =>
        {
            ReadOnlySpan<byte> reply = "*3\r\n$1\r\na\r\n,1.5\r\n%1\r\n+k\r\n:5\r\n"u8;
            var scanner = default(RespReplyScanner);
            scanner.Scan(reply[..8], out _);
            scanner.Scan(reply, out int length);
            for (var reader = new RespReplyReader(reply[..length]); reader.Read();)
            {
                sum += reader.Integer;
            }

            TextReplyReader.TryRead("VALUE k 0 2\r\nab\r\n"u8, out TextReply text, out _);
            BinaryReplyReader.TryRead(_buffer, out BinaryReply binary, out _);
            sum += text.Value.Length + binary.Value.Length;
        });
        Assert.InRange(sum, 7 * (Runs - Allocations.MostRounds), 7 * Runs);
    }

    private static void AssertFree(Action work)
    {
        for (int i = 0; i < Runs - Allocations.MostRounds; i++)
        {
            work();
        }

        Assert.Equal(0, Allocations.Least(work));
    }
}
