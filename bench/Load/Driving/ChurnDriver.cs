using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>
/// PHP workers: for each page view a new connection, lock, get, set, unlock, good-bye, close. One page view is one
/// operation, and its latency runs from connect to close.
/// </summary>
internal sealed class ChurnDriver<TProtocol> : IDriver
    where TProtocol : struct, IWireProtocol
{
    private const int StallMilliseconds = 10_000;

    // Closed connections keep their port for a minute; 100 client addresses have ports enough for any rate.
    private const int Addresses = 100;

    private static readonly Op[] Steps = [Op.Lock, Op.Get, Op.Set, Op.Unlock];

    private readonly TProtocol _protocol;
    private readonly Dataset _data;
    private readonly int _port;
    private readonly Epoll _epoll = new();
    private readonly Connection[] _clients;
    private readonly int[] _step;
    private readonly int[] _key;

    private OpSource _source = null!;
    private LatencyHistogram _latencies = null!;
    private long _deadline;
    private int _open;
    private int _begun;

    public ChurnDriver(TProtocol protocol, Dataset data, int port, int clients)
    {
        if (clients > data.Count)
            throw new LoadException("churn needs a key for each client");
        (_protocol, _data, _port) = (protocol, data, port);
        (_step, _key) = (new int[clients], new int[clients]);
        int bytes = data.ValueBytes + Reply.MaxFrameBytes;
        _clients = [.. Enumerable.Range(0, clients).Select(_ => new Connection(bytes, bytes))];
        Preamble.Exchange(port, protocol.Preamble, protocol.PreambleReply);
    }

    public void Run(OpSource source, TimeSpan limit, LatencyHistogram latencies)
    {
        (_source, _latencies) = (source, latencies);
        _deadline = Clock.Now + (long)limit.TotalNanoseconds;
        for (int i = 0; i < _clients.Length; i++)
            Begin(i);

        while (_open > 0)
        {
            int ready = _epoll.Wait(StallMilliseconds);
            if (ready == 0)
                throw new LoadException($"no reply for {StallMilliseconds / 1000} s on {_open} connections");
            for (int entry = 0; entry < ready; entry++)
                OnReady(_epoll.IndexOf(entry), _epoll.EventsOf(entry));
        }
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (Connection client in _clients)
            client.Dispose();
    }

    private void Begin(int index)
    {
        long now = Clock.Now;
        if (now >= _deadline || !_source.Next(index, out _, out int random))
            return;
        // Clients share no keys, so each lock is free when it is asked for.
        int key = index + (random / _clients.Length * _clients.Length);
        _key[index] = key < _data.Count ? key : index;
        _step[index] = -1;
        _open++;
        Connection client = _clients[index];
        client.StartedAt = now;
        client.Fd = SocketFactory.BeginConnect(_port, (byte)(2 + (_begun++ % Addresses)));
        _epoll.Add(client.Fd, index);
    }

    private void OnReady(int index, uint events)
    {
        Connection client = _clients[index];
        if (_step[index] < 0)
        {
            if ((events & (Epoll.Failed | Epoll.HungUp)) != 0)
                throw new LoadException("the server refused a connection");
            if ((events & Epoll.Writable) != 0)
                AskNext(index, client);
            return;
        }

        if (client.HasUnsent)
            client.Flush();
        bool drained = false;
        while (!drained && client.Receive(out drained))
        {
            Op op = Steps[_step[index]];
            int length = _protocol.Check(client.Input, op, _key[index]);
            if (length == Reply.Incomplete)
                continue;
            if (length != client.Input.Length)
                throw new LoadException($"wrong reply to {op} of key {_key[index]}: {Printable.Text(client.Input)}");
            client.Consume(length);
            AskNext(index, client);
            if (_step[index] < 0)
                return; // the page view is over and the next one has its own socket
        }
    }

    private void AskNext(int index, Connection client)
    {
        int step = ++_step[index];
        client.Written(_protocol.Write(client.Room, step < Steps.Length ? Steps[step] : Op.Quit, _key[index]));
        client.Flush();
        if (step < Steps.Length)
            return;

        // As PHP does: close at once, whether or not the server has read the good-bye.
        client.CloseSocket();
        _step[index] = -1;
        _open--;
        _latencies.Record(Clock.Now - client.StartedAt);
        Begin(index);
    }
}
