using System.Globalization;
using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>A link is cut inside a transaction of the primary.</summary>
public sealed class CutTransactionTests : IDisposable
{
    private const string Select = "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n";
    private const string Count = "*2\r\n$4\r\nINCR\r\n$1\r\nc\r\n";
    private const string Begin = "*1\r\n$5\r\nMULTI\r\n";
    private const string End = "*1\r\n$4\r\nEXEC\r\n";

    private readonly GatewayServer _gateway = GatewayServer.Start();
    private readonly FakePrimary _primary = new();

    public void Dispose()
    {
        _primary.Dispose();
        _gateway.Dispose();
    }

    [Theory]
    [InlineData(Select + Count, Begin + Count)]
    [InlineData(Select + Count + Begin + Count + End, Begin + Count)]
    [InlineData(Select + Begin + Count + Count + End + Count, Begin)]
    public void What_was_done_in_front_of_it_does_not_come_again(string whole, string half)
    {
        Ask("REPLICAOF", "127.0.0.1", $"{_primary.Port}");
        Assert.Equal("? -1", _primary.Accept());
        _primary.SendCopy();
        _primary.Send(whole + half);
        int counted = whole.Split("INCR").Length - 1;
        Wait.Until(() => Value == $"{counted}", () => $"a count of {counted}, not '{Value}'");
        _primary.Cut();
        long next = FakePrimary.Start + whole.Length + 1;
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{new string('a', 40)} {next}"), _primary.Accept());

        // It comes again as a whole, and is done once.
        _primary.Continue();
        _primary.Send(half + Count + End);
        int expected = counted + half.Split("INCR").Length;
        Wait.Until(() => Value == $"{expected}", () => $"a count of {expected}, not '{Value}'");
    }

    private string Value => Ask("GET", "c");

    private string Ask(params string[] words)
    {
        using var connection = RawConnection.Connect(_gateway.RespPort);
        connection.Send(Requests.Resp(words));
        return Encoding.ASCII.GetString(connection.ReadResp().Text);
    }
}
