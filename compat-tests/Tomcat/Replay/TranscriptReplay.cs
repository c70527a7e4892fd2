using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>Plays the client's side of a transcript and compares what the servers answer.</summary>
internal sealed class TranscriptReplay : IDisposable
{
    // A key with exptime 4 was gone after 3.4 s, since memcached counts whole seconds. With longer pauses every server
    // agrees.
    private const double Pace = 1.35;

    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(20);

    private readonly Transcript _transcript;
    private readonly ReplayOptions _options;
    private readonly INodeSet _nodes;
    private readonly Dictionary<(string Node, string Connection), ReplayConnection> _connections = [];
    private readonly HashSet<int> _answered = [];

    public TranscriptReplay(Transcript transcript, INodeSet nodes, ReplayOptions options)
    {
        _transcript = transcript;
        _nodes = nodes;
        _options = options;
    }

    /// <summary>Plays all of it.</summary>
    /// <returns>The number of reply chunks that were compared.</returns>
    public int Run()
    {
        TimeSpan last = _transcript.Records[0].At;
        for (int i = 0; i < _transcript.Records.Count; i++)
        {
            TranscriptRecord record = _transcript.Records[i];
            if (record.Kind == RecordKind.Request)
            {
                _options.Schedule?.Pause((record.At - last) * Pace);
                last = record.At;
            }
            Play(i);
        }
        foreach ((string node, string connection) in _connections.Keys.ToArray())
            Close(node, connection);
        return _answered.Count;
    }

    public void Dispose()
    {
        foreach (ReplayConnection connection in _connections.Values)
            connection.Dispose();
    }

    private void Play(int index)
    {
        TranscriptRecord record = _transcript.Records[index];
        switch (record.Kind)
        {
            case RecordKind.Request:
                Connection(record).Send(record, NextOf(index)?.Kind != RecordKind.Request, _options.PieceBytes);
                // Read at once: another connection's next request must not overtake this one inside the server.
                if (NextOf(index) is { Kind: RecordKind.Reply } reply)
                    Compare(reply, IndexAfter(index));
                break;
            case RecordKind.Reply when !_answered.Contains(index):
                Compare(record, index);
                break;
            case RecordKind.Close:
                Close(record.Node, record.Connection);
                break;
            case RecordKind.Kill:
                foreach ((string Node, string Connection) key in _connections.Keys.ToArray())
                {
                    if (key.Node == record.Node)
                        Close(key.Node, key.Connection);
                }
                _nodes.Kill(record.Node);
                break;
            case RecordKind.Start:
                _nodes.Start(record.Node);
                break;
        }
    }

    private void Compare(TranscriptRecord reply, int index)
    {
        _answered.Add(index);
        string where = $"{_transcript.Name} at {reply.At.TotalMilliseconds} ms, {reply.Node} {reply.Connection}";
        byte[] actual = Connection(reply).Read(reply.Length, where);
        Replies.AssertSame(reply.Bytes, reply.Length, actual, where);
    }

    private ReplayConnection Connection(TranscriptRecord record)
    {
        (string, string) key = (record.Node, record.Connection);
        if (!_connections.TryGetValue(key, out ReplayConnection? connection))
        {
            TimeSpan age = DateTimeOffset.UtcNow - _transcript.RecordedAt;
            connection = new ReplayConnection(RawConnection.Connect(_nodes.Port(record.Node)), new ExptimeShift(age));
            _connections.Add(key, connection);
        }
        return connection;
    }

    private void Close(string node, string connection)
    {
        if (!_connections.Remove((node, connection), out ReplayConnection? open))
            return;
        using (open)
        {
            Replies.AssertSame([], 0, open.ReadUntilQuiet(Silence),
                $"{_transcript.Name}, {node} {connection}: nobody asked for this");
        }
    }

    private TranscriptRecord? NextOf(int index) =>
        IndexAfter(index) is var next and >= 0 ? _transcript.Records[next] : null;

    private int IndexAfter(int index)
    {
        TranscriptRecord from = _transcript.Records[index];
        for (int i = index + 1; i < _transcript.Records.Count; i++)
        {
            TranscriptRecord at = _transcript.Records[i];
            if (at.Node == from.Node && at.Connection == from.Connection)
                return i;
        }
        return -1;
    }
}
