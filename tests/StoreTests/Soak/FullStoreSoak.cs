using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Soak;

/// <summary>
/// A store that is full of sessions goes on serving their visitors: each page view takes a lock, reads, writes back a
/// session of about the same length or only touches it, counts, renews an entry of 20 bytes as Tomcat's MSM keeps them,
/// and gives the lock back or lets it expire. New visitors knock all the time. The clock is a number; upkeep runs four
/// times a second as in the gateway.
/// </summary>
public sealed class FullStoreSoak
{
    private const long SessionMilliseconds = 24 * 60_000;
    private const long LockMilliseconds = 30_000;
    private const int UpkeepMilliseconds = 250;
    private const int BytesPerSecond = 20 << 20;
    private const int Counters = 100;

    private readonly ItemStore _store;
    private readonly Random _random;
    private readonly int _size;
    private readonly byte[] _noise;
    private readonly byte[] _scratch = new byte[64];
    private readonly List<int> _lengths = [];
    private readonly List<int> _firstLengths = [];
    private long _now = 1_750_000_000_000;
    private int _renewed;

    /// <summary>Fills a store.</summary>
    /// <param name="store">An empty one.</param>
    /// <param name="size">Bytes of a session at its begin, an eighth more or less; later it is a 32nd longer or
    /// shorter.</param>
    /// <param name="seed">Of all that is random here.</param>
    public FullStoreSoak(ItemStore store, int size, int seed)
    {
        _store = store;
        _size = size;
        _random = new Random(seed);
        _noise = new byte[size * 2];
        _random.NextBytes(_noise);
        for (int i = 0; i < Counters; i++)
        {
            Require(TryPut(Key("counter-"u8, i), "8"u8, 0), "a counter of an empty store");
        }

        // Until shards whose pages have some room left are full, too.
        for (int refused = 0; refused < 500;)
        {
            refused = TryBegin() ? 0 : refused + 1;
        }
    }

    /// <summary>Sessions in the store.</summary>
    public int Sessions => _lengths.Count;

    /// <summary>Page views so far.</summary>
    public long Views { get; private set; }

    /// <summary>Writes of those who are in the store that were refused: there must be none.</summary>
    public long RefusedInside { get; private set; }

    /// <summary>New visitors who were refused.</summary>
    public long RefusedNew { get; private set; }

    /// <summary>New visitors who found room after all, because others' sessions had become shorter.</summary>
    public long Admitted { get; private set; }

    /// <summary>When set, each page view's time goes there, in microseconds.</summary>
    public List<double>? Times { get; init; }

    /// <summary>Lets time pass.</summary>
    public void Run(int seconds)
    {
        int views = Math.Clamp(BytesPerSecond / _size, 8, 400) / (1000 / UpkeepMilliseconds);
        for (int round = 0; round < seconds * (1000 / UpkeepMilliseconds); round++)
        {
            _now += UpkeepMilliseconds;
            for (int i = 0; i < views; i++)
            {
                long start = Stopwatch.GetTimestamp();
                View(_random.Next(_lengths.Count));
                Times?.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }

            Admitted += TryBegin() ? 1 : 0;
            for (int shard = 0; shard < ItemStore.ShardCount; shard++)
            {
                _store.Maintain(shard, _now, 1024);
            }

            RenewSome();
        }
    }

    /// <summary>Reads every session.</summary>
    public void ReadAll()
    {
        for (int i = 0; i < _lengths.Count; i++)
        {
            Read(i);
        }
    }

    private static void Require(bool condition, string what)
    {
        if (!condition)
        {
            throw new InvalidOperationException(what);
        }
    }

    // Nobody's session ends here: as many are touched in a round as it takes to have touched all in half of their life.
    private void RenewSome()
    {
        int count = (int)(_lengths.Count / (SessionMilliseconds / 2 / UpkeepMilliseconds)) + 1;
        for (int i = 0; i < count; i++)
        {
            _renewed = (_renewed + 1) % _lengths.Count;
            Touch(Key("session-"u8, _renewed));
            Touch(Key("validity:session-"u8, _renewed));
        }
    }

    private bool TryBegin()
    {
        int number = _lengths.Count;
        int length = _size - (_size / 8) + _random.Next((_size / 4) + 1);
        if (!TryPut(Key("session-"u8, number), Value(number, length), _now + SessionMilliseconds))
        {
            RefusedNew++;
            return false;
        }

        // As MSM does: an entry beside each session. Where there is room for it no more, the session goes, too.
        if (!TryPut(Key("validity:session-"u8, number), _noise.AsSpan(0, 20), _now + SessionMilliseconds))
        {
            Remove(Key("session-"u8, number));
            RefusedNew++;
            return false;
        }

        _lengths.Add(length);
        _firstLengths.Add(length);
        return true;
    }

    private void View(int number)
    {
        Views++;
        int lockLength = 1 + _random.Next(60);
        Inside(TryPut(Key("lock:session-"u8, number), _noise.AsSpan(0, lockLength), _now + LockMilliseconds));
        Read(number);
        if (_random.Next(4) == 0)
        {
            Touch(Key("session-"u8, number));
        }
        else
        {
            int length = _random.Next(2) == 0 ? _lengths[number] : NextLength(number);
            if (TryPut(Key("session-"u8, number), Value(number, length), _now + SessionMilliseconds))
            {
                _lengths[number] = length;
            }
            else
            {
                RefusedInside++;
            }
        }

        Inside(
            TryPut(Key("validity:session-"u8, number), _noise.AsSpan(_random.Next(9), 20), _now + SessionMilliseconds));
        Count(_random.Next(Counters));

        // One in a hundred forgets its lock.
        if (_random.Next(100) != 0)
        {
            Remove(Key("lock:session-"u8, number));
        }
    }

    private void Count(int number)
    {
        ItemKey key = _store.Key(0, Key("counter-"u8, number));
        using ShardScope scope = _store.Enter(key, _now);
        Require(scope.Shard.TryGet(key, _now, out ItemView item), "a counter is lost");
        Utf8Parser.TryParse(item.Value, out long value, out _);
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(value * 3 % 1_000_000_007, digits, out int length);
        Inside(scope.Shard.Put(key, digits[..length], default, default, _now, out _) == StoreStatus.Stored);
    }

    private void Read(int number)
    {
        ItemKey key = _store.Key(0, Key("session-"u8, number));
        using ShardScope scope = _store.Enter(key, _now);
        Require(scope.Shard.TryGet(key, _now, out ItemView item), "a session is lost");
        Require(
            item.Value.Length == _lengths[number] && BinaryPrimitives.ReadInt32LittleEndian(item.Value) == number,
            "a session has another value");
    }

    private void Inside(bool isStored) => RefusedInside += isStored ? 0 : 1;

    private int NextLength(int number)
    {
        int most = Math.Max(_firstLengths[number] / 32, 4);
        return _firstLengths[number] - most + _random.Next((2 * most) + 1);
    }

    private Span<byte> Value(int number, int length)
    {
        Span<byte> value = _noise.AsSpan(_random.Next(_noise.Length - length), length);
        BinaryPrimitives.WriteInt32LittleEndian(value, number);
        return value;
    }

    private ReadOnlySpan<byte> Key(ReadOnlySpan<byte> prefix, int number)
    {
        prefix.CopyTo(_scratch);
        Utf8Formatter.TryFormat(number, _scratch.AsSpan(prefix.Length), out int length);
        return _scratch.AsSpan(0, prefix.Length + length);
    }

    /// <summary>Takes so many locks at a time, and counts those that are refused.</summary>
    public int CountRefusedLocks(int count) => Enumerable.Range(0, count)
        .Count(i => !TryPut(Key("lock-"u8, i), "1"u8, _now + LockMilliseconds));

    private bool TryPut(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, long expiresAt)
    {
        ItemKey key = _store.Key(0, name);
        using ShardScope scope = _store.Enter(key, _now);
        return scope.Shard.Put(key, value, default, new ItemAttributes(0, expiresAt), _now, out _)
            == StoreStatus.Stored;
    }

    private void Touch(ReadOnlySpan<byte> name)
    {
        ItemKey key = _store.Key(0, name);
        using ShardScope scope = _store.Enter(key, _now);
        Require(scope.Shard.SetExpiry(key, _now + SessionMilliseconds, _now), "a session is lost");
    }

    private void Remove(ReadOnlySpan<byte> name)
    {
        ItemKey key = _store.Key(0, name);
        using ShardScope scope = _store.Enter(key, _now);
        scope.Shard.Remove(key, RemoveReason.Deleted, _now);
    }
}
