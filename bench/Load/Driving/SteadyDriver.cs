using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>
/// Connections that stay open. Each sends a batch (of one, when nothing is pipelined), waits for all its replies, and
/// sends the next one.
/// </summary>
internal sealed class SteadyDriver<TProtocol> : IDriver
    where TProtocol : struct, IWireProtocol
{
    private const int StallMilliseconds = 10_000;
    private const int ConnectionsPerAddress = 5_000;

    private readonly TProtocol _protocol;
    private readonly int _pipeline;
    private readonly Epoll _epoll = new();
    private readonly Connection[] _connections;

    // What each connection has in flight: row `connection`, `pipeline` columns.
    private readonly Op[] _ops;
    private readonly int[] _keys;
    private readonly int[] _batch;
    private readonly int[] _answered;

    private OpSource _source = null!;
    private LatencyHistogram _latencies = null!;
    private long _deadline;
    private int _waiting;

    public SteadyDriver(TProtocol protocol, Dataset data, int port, int connections, int pipeline)
    {
        (_protocol, _pipeline) = (protocol, pipeline);
        (_ops, _keys) = (new Op[connections * pipeline], new int[connections * pipeline]);
        (_batch, _answered) = (new int[connections], new int[connections]);
        _connections = new Connection[connections];

        int bytes = pipeline * (data.ValueBytes + Reply.MaxFrameBytes);
        for (int i = 0; i < connections; i++)
        {
            _connections[i] = new Connection(bytes, bytes)
            {
                Fd = SocketFactory.Connect(port, (byte)(1 + (i / ConnectionsPerAddress))),
            };
            _epoll.Add(_connections[i].Fd, i);
        }
    }

    public void Run(OpSource source, TimeSpan limit, LatencyHistogram latencies)
    {
        (_source, _latencies) = (source, latencies);
        long now = Clock.Now;
        _deadline = now + (long)limit.TotalNanoseconds;
        _waiting = 0;
        for (int i = 0; i < _connections.Length; i++)
            Ask(i, now);

        while (_waiting > 0)
        {
            int ready = _epoll.Wait(StallMilliseconds);
            if (ready == 0)
                throw new LoadException($"no reply for {StallMilliseconds / 1000} s on {_waiting} connections");
            for (int entry = 0; entry < ready; entry++)
                OnReady(_epoll.IndexOf(entry));
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (Connection connection in _connections)
            connection?.Dispose();
    }

    private void Ask(int index, long now)
    {
        Connection connection = _connections[index];
        int count = 0;
        int row = index * _pipeline;
        while (count < _pipeline && _source.Next(index, out Op op, out int key))
        {
            (_ops[row + count], _keys[row + count]) = (op, key);
            connection.Written(_protocol.Write(connection.Room, op, key));
            count++;
        }

        if (count == 0)
            return;
        (_batch[index], _answered[index]) = (count, 0);
        _waiting++;
        connection.StartedAt = now;
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
        int row = index * _pipeline;
        long now = 0;
        while (_answered[index] < _batch[index])
        {
            int at = row + _answered[index];
            int length = _protocol.Check(connection.Input, _ops[at], _keys[at]);
            if (length == Reply.Incomplete)
                return;
            if (length == Reply.Wrong)
                throw new LoadException(
                    $"wrong reply to {_ops[at]} of key {_keys[at]}: {Printable.Text(connection.Input)}");
            connection.Consume(length);
            _answered[index]++;
            now = Clock.Now;
            _latencies.Record(now - connection.StartedAt);
        }

        if (connection.Input.Length > 0)
            throw new LoadException($"bytes after the last reply: {Printable.Text(connection.Input)}");
        if (_batch[index] == 0)
            return;
        _batch[index] = _answered[index] = 0;
        _waiting--;
        if (now < _deadline)
            Ask(index, now);
    }
}
