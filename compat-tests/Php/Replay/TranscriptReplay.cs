using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using Xunit;

namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>Plays the client's side of a transcript and compares what the server answers.</summary>
/// <param name="transcript">The conversation.</param>
/// <param name="port">The server.</param>
internal sealed class TranscriptReplay(Transcript transcript, int port) : IDisposable
{
    private const string UnlockScript =
        "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end";

    private readonly Dictionary<string, RawConnection> _connections = [];
    private long? _firstDate;

    /// <summary>Size of the pieces in which requests are sent; null for whole.</summary>
    public int? PieceBytes { get; init; }

    /// <summary>Waits as long between requests as the recorded client did, because locks run out; null does not
    /// wait.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>
    /// Brings a Redis server into the state of the recording: phpredis' unlock script known, or not known yet.
    /// </summary>
    public void PrepareScripts()
    {
        Exchange? first = transcript.Exchanges.FirstOrDefault(exchange => Text(exchange.Request).Contains("EVALSHA"));
        if (first is null)
            return;
        if (Text(first.Reply).StartsWith("-NOSCRIPT", StringComparison.Ordinal))
            RawStore.Ask(port, RawStore.Command("SCRIPT", "FLUSH"), "+OK\r\n");
        else
            RawStore.Ask(port, RawStore.Command("SCRIPT", "LOAD", UnlockScript), "$40\r\nb70c2384");
    }

    /// <summary>Plays all of it.</summary>
    /// <returns>Number of replies compared.</returns>
    public int Run()
    {
        int compared = 0;
        TimeSpan last = transcript.Exchanges[0].At;
        foreach (Exchange exchange in transcript.Exchanges)
        {
            Schedule?.Pause(exchange.At - last);
            last = exchange.At;
            string where = $"{transcript.Name} at {exchange.At.TotalSeconds} s, {exchange.Connection}";
            RawConnection connection = Connection(exchange.Connection);
            Send(connection, new RequestBytes(exchange.Request, Today).Bytes);
            if (exchange.Reply.Count > 0)
            {
                var expected = new ReplyBytes(exchange.Reply);
                expected.AssertSame(Read(connection, expected.Length, where), where);
                compared++;
            }
            if (exchange.ServerCloses)
                Assert.True(connection.IsClosedByPeer(TimeSpan.FromSeconds(30)), $"{where}: the server did not close");
        }
        return compared;
    }

    public void Dispose()
    {
        foreach (RawConnection connection in _connections.Values)
            connection.Dispose();
    }

    private static string Text(IEnumerable<Chunk> chunks) =>
        string.Concat(chunks.Select(chunk => System.Text.Encoding.Latin1.GetString(chunk.Bytes)));

    private RawConnection Connection(string name)
    {
        if (!_connections.TryGetValue(name, out RawConnection? connection))
            _connections.Add(name, connection = RawConnection.Connect(port));
        return connection;
    }

    private void Send(RawConnection connection, ReadOnlySpan<byte> bytes)
    {
        int size = PieceBytes ?? bytes.Length;
        for (int at = 0; at < bytes.Length; at += size)
            connection.Send(bytes.Slice(at, Math.Min(size, bytes.Length - at)));
    }

    /// <summary>The first date of the recording was "now and a lifetime"; so it is today.</summary>
    private long Today(long date)
    {
        _firstDate ??= date;
        return date - _firstDate.Value + transcript.Lifetime + DateTimeOffset.UtcNow.ToUnixTimeSeconds();
    }

    private static byte[] Read(RawConnection connection, int length, string where)
    {
        try
        {
            return connection.ReadExactly(length);
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException)
        {
            throw new Xunit.Sdk.XunitException($"{where}: {error.Message}");
        }
    }
}
