using System.Net.Sockets;

namespace SessionGateway.ResilienceTests.Support;

/// <summary>Asks for a value of its own, some requests at a time, reads all the answers and asks again, until the
/// end.</summary>
internal sealed class ChattingClient : IDisposable
{
    private readonly Client _client;
    private readonly byte[] _requests;
    private readonly byte[] _answer;
    private readonly int _requestCount;
    private readonly byte[] _chunk = new byte[16 << 10];
    private int _at;

    private ChattingClient(Client client, byte[] requests, byte[] answer, int requestCount)
    {
        _client = client;
        _requests = requests;
        _answer = answer;
        _requestCount = requestCount;
    }

    /// <summary>Complete answers so far.</summary>
    public int Answers { get; private set; }

    /// <summary>The connection ended by a reset: a request came to a gateway that had closed.</summary>
    public bool WasReset { get; private set; }

    /// <summary>What was wrong, if something was.</summary>
    public string? Failure { get; private set; }

    /// <summary>Ends with the connection.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Connects, stores the value, learns the answer to one get.</summary>
    public static ChattingClient Connect(RunningGateway gateway, Dialect dialect, int valueBytes, int requests)
    {
        string key = $"chat-{dialect.Name}-{valueBytes}-{requests}";
        byte[] value = new byte[valueBytes];
        new Random(valueBytes + requests).NextBytes(value);
        Client client = dialect.Connect(gateway);
        byte[] answer = dialect.Found(key, value);
        // Only the first one stores: the others' cas uniques would change under their feet.
        using (var adding = Client.Connect(gateway.AutoPort))
        {
            adding.Send($"add {key} 0 0 {valueBytes}\r\n");
            adding.Send([.. value, .. "\r\n"u8]);
            // Or the start of NOT_STORED: either way it is there now.
            adding.Read("STORED\r\n".Length);
        }

        dialect.Ask(client, dialect.Get(key), answer);
        client.Send(dialect.Get(key));
        return new ChattingClient(client, Bytes.Repeat(dialect.Get(key), requests), client.Read(answer.Length),
            requests);
    }

    /// <summary>Begins to ask.</summary>
    public void Start() => Ended = ChatAsync();

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task ChatAsync()
    {
        await Task.Yield();
        try
        {
            while (true)
            {
                await _client.Socket.SendAsync(_requests);
                int until = Answers + _requestCount;
                while (Answers < until)
                {
                    int count = await _client.Socket.ReceiveAsync(_chunk);
                    if (count == 0)
                    {
                        End();
                        return;
                    }

                    Take(_chunk.AsSpan(0, count));
                }
            }
        }
        catch (SocketException)
        {
            WasReset = true;
            End();
        }
    }

    private void End() => Failure ??= _at == 0 ? null : $"cut after {_at} of {_answer.Length} bytes of an answer";

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, _answer.Length - _at);
            if (!bytes[..count].SequenceEqual(_answer.AsSpan(_at, count)))
            {
                Failure ??= $"another answer than asked for: {Shown.Bytes(bytes)}";
            }

            bytes = bytes[count..];
            _at = (_at + count) % _answer.Length;
            Answers += _at == 0 ? 1 : 0;
        }
    }
}
