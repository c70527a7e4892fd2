using SessionGateway.Bench.Load.Driving;
using SessionGateway.Bench.Load.Machine;
using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>
/// Reads of some sessions at a fixed rate, whatever the server does meanwhile, and a count of its items ten times a
/// second. A read's latency runs from the moment it was due, so a server that stands still for 100 ms delays all the
/// reads of that time and not only one per connection. A read that was due or under way while this program itself did
/// not run is left out: its latency would be that of the load program's core.
/// </summary>
internal sealed class PacedReader : IDisposable
{
    private const int Connections = 50;
    private const int InputBytes = 128 * 1024;
    private const int OutputBytes = 64 * 1024;
    private const int CounterIndex = Connections;
    private const long CountInterval = 100_000_000;
    private const long Second = 1_000_000_000;
    private const long MostNotRunning = 100_000;
    private const long DrainLimit = 20 * Second;

    private readonly SessionWire _wire;
    private readonly SessionSet _sessions;
    private readonly int _readable;
    private readonly long _interval;
    private readonly Epoll _epoll = new();
    private readonly Connection[] _connections = new Connection[Connections + 1];
    private readonly Queue<(int Session, long Due)>[] _asked = new Queue<(int, long)>[Connections];
    private readonly SortedDictionary<int, PacedSecond> _seconds = [];
    private readonly List<(long Due, long Latency)> _answered = new(4096);

    private XorShift _random = new(4711);
    private long _zero;
    private int _turn;
    private int _outstanding;
    private bool _isCounting;
    private long _checkedAt;
    private long _checkedCpu;
    private long _stoodStillUntil;

    /// <param name="wire">The protocol.</param>
    /// <param name="sessions">What was written.</param>
    /// <param name="readable">The first so many sessions are read.</param>
    /// <param name="perSecond">Reads per second over all connections.</param>
    /// <param name="port">Of the server.</param>
    public PacedReader(SessionWire wire, SessionSet sessions, int readable, int perSecond, int port)
    {
        (_wire, _sessions, _readable, _interval) = (wire, sessions, readable, Second / perSecond);
        for (int i = 0; i <= Connections; i++)
        {
            _connections[i] = new Connection(InputBytes, OutputBytes) { Fd = SocketFactory.Connect(port) };
            _epoll.Add(_connections[i].Fd, i);
            if (i < Connections)
                _asked[i] = new Queue<(int, long)>(1024);
        }
    }

    /// <summary>Latencies of the reads by the second in which they were due; second 0 begins at the zero
    /// time.</summary>
    public IReadOnlyDictionary<int, PacedSecond> Seconds => _seconds;

    /// <summary>Called with each count: nanoseconds since the zero time, items.</summary>
    public Action<long, long>? OnCount { get; set; }

    /// <summary>Reads until <paramref name="isOver"/>, asked at the end of each second, says so.</summary>
    /// <param name="zero">A <see cref="Clock"/> time, before or after now.</param>
    /// <param name="isOver">Gets the number of the second that ended.</param>
    public void Run(long zero, Func<int, bool> isOver)
    {
        _zero = zero;
        long due = Clock.Now;
        long countAt = due;
        int second = SecondOf(due);
        (_checkedAt, _checkedCpu) = (due, CpuClock.OfThisThread());
        while (true)
        {
            long now = Clock.Now;
            Settle(now);
            if (SecondOf(now) > second)
            {
                if (isOver(second))
                    break;
                second = SecondOf(now);
            }

            for (; due <= now; due += _interval)
                Ask(due);
            if (now >= countAt && !_isCounting)
            {
                _isCounting = true;
                countAt = now + CountInterval;
                Send(_connections[CounterIndex], _wire.CountRequest);
            }

            TakeReady(0);
        }

        long limit = Clock.Now + DrainLimit;
        while (_outstanding > 0 && Clock.Now < limit)
        {
            TakeReady(0);
            Settle(Clock.Now);
        }

        if (_outstanding > 0)
            throw new LoadException($"{_outstanding} reads without reply after {DrainLimit / Second} s");
    }

    public void Dispose()
    {
        _epoll.Dispose();
        foreach (Connection? connection in _connections)
            connection?.Dispose();
    }

    private int SecondOf(long time) => (int)Math.Floor((time - _zero) / (double)Second);

    private void Ask(long due)
    {
        int session = _random.Below(_readable);
        _turn = (_turn + 1) % Connections;
        Connection connection = _connections[_turn];
        if (connection.Room.Length < SessionWire.FrameBytes)
            throw new LoadException("the server reads no more requests");
        connection.Written(_wire.WriteGet(connection.Room, _sessions.Key(session)));
        _asked[_turn].Enqueue((session, due));
        _outstanding++;
        connection.Flush();
    }

    private static void Send(Connection connection, ReadOnlySpan<byte> request)
    {
        request.CopyTo(connection.Room);
        connection.Written(request.Length);
        connection.Flush();
    }

    private void TakeReady(int milliseconds)
    {
        int ready = _epoll.Wait(milliseconds);
        for (int entry = 0; entry < ready; entry++)
        {
            int index = _epoll.IndexOf(entry);
            Connection connection = _connections[index];
            if (connection.HasUnsent)
                connection.Flush();
            bool drained = false;
            while (!drained && connection.Receive(out drained))
                if (index == CounterIndex)
                    TakeCount(connection);
                else
                    TakeReplies(connection, _asked[index]);
        }
    }

    private void TakeReplies(Connection connection, Queue<(int Session, long Due)> asked)
    {
        while (asked.TryPeek(out (int Session, long Due) read))
        {
            ReadOnlySpan<byte> input = connection.Input;
            Answer answer = _wire.ReadGet(input, _sessions.Key(read.Session), out int length, out Range value);
            if (answer == Answer.Incomplete)
                return;
            if (answer != Answer.Found || !_sessions.IsNewest(input[value], read.Session))
                throw new LoadException($"session {read.Session} is {(answer == Answer.Found ? "another" : "gone")}");
            connection.Consume(length);
            asked.Dequeue();
            _outstanding--;
            _answered.Add((read.Due, Clock.Now - read.Due));
        }
    }

    // Waits nowhere, so what is missing between CPU time and time on the wall somebody else had. The check comes after
    // the answers are taken, because that may have happened while they were.
    private void Settle(long now)
    {
        long cpu = CpuClock.OfThisThread();
        if (now - _checkedAt - (cpu - _checkedCpu) > MostNotRunning)
            _stoodStillUntil = now;
        (_checkedAt, _checkedCpu) = (now, cpu);
        foreach ((long due, long latency) in _answered)
        {
            int number = SecondOf(due);
            if (!_seconds.TryGetValue(number, out PacedSecond? second))
                _seconds.Add(number, second = new PacedSecond());
            if (due < _stoodStillUntil)
                second.LeftOut++;
            else
                second.Reads.Record(latency);
        }

        _answered.Clear();
    }

    private void TakeCount(Connection connection)
    {
        long items = _wire.ReadCount(connection.Input, out int length);
        if (items < 0)
            return;
        connection.Consume(length);
        _isCounting = false;
        OnCount?.Invoke(Clock.Now - _zero, items);
    }
}
