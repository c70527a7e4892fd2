using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>
/// A few connections that each send a batch of requests, wait for all its replies, and send the next one, until the
/// source is dry.
/// </summary>
internal sealed class BatchDriver : IDisposable
{
    private const int Connections = 4;
    private const int Depth = 32;
    private const int BufferBytes = 512 * 1024;
    private const int StallMilliseconds = 20_000;

    private readonly SessionWire _wire;
    private readonly SessionSet _sessions;
    private readonly Epoll _epoll = new();
    private readonly Connection[] _connections = new Connection[Connections];
    private readonly SessionRequest[] _batches = new SessionRequest[Connections * Depth];
    private readonly int[] _asked = new int[Connections];
    private readonly int[] _answered = new int[Connections];

    private IEnumerator<SessionRequest> _source = null!;
    private Tally _tally = null!;
    private Expiry _expiry;
    private bool _hasNext;
    private int _waiting;

    public BatchDriver(SessionWire wire, SessionSet sessions, int port)
    {
        (_wire, _sessions) = (wire, sessions);
        for (int i = 0; i < Connections; i++)
        {
            _connections[i] = new Connection(BufferBytes, BufferBytes) { Fd = SocketFactory.Connect(port) };
            _epoll.Add(_connections[i].Fd, i);
        }
    }

    /// <summary>Asks all that the source says and counts the answers.</summary>
    public Tally Run(IEnumerable<SessionRequest> source, Expiry expiry)
    {
        using IEnumerator<SessionRequest> requests = source.GetEnumerator();
        (_source, _tally, _expiry, _waiting) = (requests, new Tally(), expiry, 0);
        _hasNext = _source.MoveNext();
        for (int i = 0; i < Connections; i++)
            Ask(i);

        while (_waiting > 0)
        {
            int ready = _epoll.Wait(StallMilliseconds);
            if (ready == 0)
                throw new LoadException($"no reply for {StallMilliseconds / 1000} s on {_waiting} connections");
            for (int entry = 0; entry < ready; entry++)
                OnReady(_epoll.IndexOf(entry));
        }

        return _tally;
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (Connection? connection in _connections)
            connection?.Dispose();
    }

    private void Ask(int index)
    {
        Connection connection = _connections[index];
        int count = 0;
        int bytes = 0;
        while (_hasNext && count < Depth)
        {
            SessionRequest request = _source.Current;
            // Requests or replies: both buffers hold the batch's values.
            bytes += _sessions.LengthOf(request.Session) + SessionWire.FrameBytes;
            if (bytes > BufferBytes)
                break;
            connection.Written(request.IsSet
                ? _wire.WriteSet(connection.Room, _sessions, request.Session, _expiry)
                : _wire.WriteGet(connection.Room, _sessions.Key(request.Session)));
            _batches[(index * Depth) + count++] = request;
            _hasNext = _source.MoveNext();
        }

        (_asked[index], _answered[index]) = (count, 0);
        if (count == 0)
            return;
        _waiting++;
        connection.Flush();
    }

    private void OnReady(int index)
    {
        Connection connection = _connections[index];
        if (connection.HasUnsent)
            connection.Flush();
        bool drained = false;
        while (!drained && connection.Receive(out drained))
            TakeReplies(index, connection);
    }

    private void TakeReplies(int index, Connection connection)
    {
        while (_answered[index] < _asked[index])
        {
            if (!TakeReply(connection, _batches[(index * Depth) + _answered[index]]))
                return;
            _answered[index]++;
        }

        if (connection.Input.Length > 0)
            throw new LoadException("bytes after the last reply");
        if (_asked[index] == 0)
            return;
        _waiting--;
        Ask(index);
    }

    private bool TakeReply(Connection connection, SessionRequest request)
    {
        ReadOnlySpan<byte> input = connection.Input;
        int length;
        Range value = default;
        Answer answer = request.IsSet
            ? _wire.ReadSet(input, out length)
            : _wire.ReadGet(input, _sessions.Key(request.Session), out length, out value);
        switch (answer)
        {
            case Answer.Incomplete:
                return false;
            case Answer.Stored:
                _tally.Stored++;
                break;
            case Answer.Refused:
                _tally.Refused++;
                break;
            case Answer.Absent:
                _tally.Absent++;
                break;
            case Answer.Found when _sessions.IsNewest(input[value], request.Session):
                _tally.Right++;
                break;
            default:
                _tally.Wrong++;
                break;
        }

        connection.Consume(length);
        return true;
    }
}
