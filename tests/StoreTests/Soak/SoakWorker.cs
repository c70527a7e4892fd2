using System.Diagnostics.CodeAnalysis;
using System.Text;
using SessionGateway.Store;

namespace SessionGateway.StoreTests.Soak;

/// <summary>
/// One thread of a soak: random operations on keys of its own, each answer compared with a model. Its keys share the
/// shards and segments with those of the other threads.
/// </summary>
public sealed class SoakWorker(ItemStore store, int number, int seed, int keyCount, int maxValueBytes)
{
    private readonly Random _random = new((seed * 31) + number);
    private readonly Dictionary<(int Database, int Key), Expected> _model = [];
    private readonly byte[] _noise = MakeNoise(seed, maxValueBytes + 4096);

    /// <summary>Writes that the store refused for memory.</summary>
    public int Refused { get; private set; }

    /// <summary>Items that must be there.</summary>
    public IReadOnlyDictionary<(int Database, int Key), Expected> Model => _model;

    /// <summary>The bytes of a key: lengths from 1 to 65,535, most of them as session stores have them.</summary>
    public byte[] KeyBytes(int key)
    {
        string name = $"{number}.{key}";
        int length = (key % 500) switch
        {
            0 => 65_535,
            1 => 300 + (key % 2000),
            < 100 => name.Length,
            _ => 26 + (key % 30),
        };
        return Encoding.Latin1.GetBytes(name.PadRight(length, 's'));
    }

    /// <summary>Executes operations, all at one time.</summary>
    public void Run(int operations, long now)
    {
        for (int i = 0; i < operations; i++)
        {
            (int Database, int Key) id = (_random.Next(10) == 0 ? 1 + number : 0, PickKey());
            switch (_random.Next(100))
            {
                case < 40:
                    Get(id, now);
                    break;
                case < 70:
                    Put(id, now);
                    break;
                case < 80:
                    Touch(id, now);
                    break;
                case < 87:
                    Append(id, now);
                    break;
                case < 88:
                    Overwrite(id, now);
                    break;
                case < 97:
                    Remove(id, now);
                    break;
                case < 98:
                    store.Maintain(_random.Next(store.Shards.Length), now, _random.Next(1, 300));
                    break;
                default:
                    PutMany(now);
                    break;
            }
        }

        // The worker's own database is flushed now and then; database 0 is everybody's.
        if (_random.Next(6) == 0)
        {
            store.Flush(1 + number);
            foreach ((int Database, int Key) id in _model.Keys.Where(k => k.Database != 0).ToArray())
            {
                _model.Remove(id);
            }
        }
    }

    /// <summary>Drops what must be gone at a time, after maintenance reclaimed it.</summary>
    public void Expire(long now)
    {
        foreach ((int Database, int Key) id in _model.Where(e => e.Value.IsExpired(now)).Select(e => e.Key).ToArray())
        {
            _model.Remove(id);
        }
    }

    /// <summary>Reads every item of the model.</summary>
    public void ReadAll(long now)
    {
        foreach ((int Database, int Key) id in _model.Keys.ToArray())
        {
            Get(id, now);
        }
    }

    private static byte[] MakeNoise(int seed, int length)
    {
        byte[] noise = new byte[length];
        new Random(seed).NextBytes(noise);
        return noise;
    }

    // A tenth of the keys gets half of the operations.
    private int PickKey() => _random.Next(2) == 0 ? _random.Next(keyCount / 10) : _random.Next(keyCount);

    private ReadOnlySpan<byte> PickValue()
    {
        int length = _random.Next(1000) switch
        {
            0 => _random.Next(maxValueBytes),
            < 20 => _random.Next(Math.Min(maxValueBytes, 70_000)),
            < 300 => _random.Next(200),
            _ => _random.Next(2400),
        };
        return _noise.AsSpan(_random.Next(_noise.Length - length), length);
    }

    private long PickExpiry(long now) => _random.Next(8) switch
    {
        < 2 => 0,
        2 => now + 1 + _random.Next(1000),
        < 6 => now + 1 + _random.Next(7_200_000),
        6 => now + 1 + _random.Next(int.MaxValue),
        _ => now + _random.NextInt64(315_360_000_000) + 1,
    };

    private void Get((int Database, int Key) id, long now)
    {
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        bool found = scope.Shard.TryGet(key, now, out ItemView view);
        if (!TryGetExpected(id, now, out Expected? expected))
        {
            Assert.False(found, $"{id} is there and should not be");
            return;
        }

        Assert.True(found, $"{id} is lost");
        Assert.True(view.Value.SequenceEqual(expected.Value), $"{id} has another value");
        Assert.Equal(expected.Flags, view.Flags);
        Assert.Equal(expected.ExpiresAt, view.ExpiresAt);
        Assert.Equal(expected.Cas, view.Cas);
    }

    private void Put((int Database, int Key) id, long now)
    {
        ReadOnlySpan<byte> value = PickValue();
        if (_random.Next(3) == 0 && _model.TryGetValue(id, out Expected? former))
        {
            value = former.Value;
        }

        int cut = _random.Next(4) == 0 ? _random.Next(value.Length + 1) : value.Length;
        uint flags = _random.Next(3) == 0 ? (uint)_random.Next() : 0;
        long expiresAt = PickExpiry(now);
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        StoreStatus status = scope.Shard.Put(
            key, value[..cut], value[cut..], new ItemAttributes(flags, expiresAt), now, out ulong cas);
        Note(id, status, new Expected(value.ToArray(), flags, expiresAt, cas));
    }

    // Several at one moment, as MSET and EXEC do.
    private void PutMany(long now)
    {
        (int Database, int Key)[] ids = [.. Enumerable.Range(0, 2 + _random.Next(4)).Select(_ => (0, PickKey()))];
        ulong shards = 0;
        foreach ((int database, int key) in ids)
        {
            shards |= 1UL << store.ShardOf(store.Key(database, KeyBytes(key)));
        }

        using MultiShardScope scope = store.EnterMany(shards, now);
        foreach ((int Database, int Key) id in ids)
        {
            Put(id, now);
        }
    }

    private void Append((int Database, int Key) id, long now)
    {
        ReadOnlySpan<byte> added = _noise.AsSpan(_random.Next(4000), _random.Next(90));
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        if (!scope.Shard.TryGet(key, now, out ItemView view) || view.Value.Length > maxValueBytes)
        {
            return;
        }

        bool atEnd = _random.Next(2) == 0;
        byte[] value = atEnd ? [.. view.Value, .. added] : [.. added, .. view.Value];
        var attributes = new ItemAttributes(view.Flags, view.ExpiresAt);
        StoreStatus status = atEnd
            ? scope.Shard.Put(key, view.Value, added, attributes, now, out ulong cas)
            : scope.Shard.Put(key, added, view.Value, attributes, now, out cas);
        Note(id, status, new Expected(value, attributes.Flags, attributes.ExpiresAt, cas));
    }

    // As SETRANGE inside of a value; engines that cannot do it are left alone.
    private void Overwrite((int Database, int Key) id, long now)
    {
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        if (!TryGetExpected(id, now, out Expected? expected) || expected.Value.Length < 2)
        {
            return;
        }

        int offset = _random.Next(expected.Value.Length);
        ReadOnlySpan<byte> part = _noise.AsSpan(0, 1 + _random.Next(Math.Min(90, expected.Value.Length - offset)));
        if (!scope.Shard.TryOverwrite(key, offset, part, now))
        {
            return;
        }

        byte[] value = [.. expected.Value];
        part.CopyTo(value.AsSpan(offset));
        Assert.True(scope.Shard.TryPeek(key, now, out ItemView view));
        _model[id] = expected with { Value = value, Cas = view.Cas };
    }

    private void Touch((int Database, int Key) id, long now)
    {
        long expiresAt = PickExpiry(now);
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        bool found = scope.Shard.SetExpiry(key, expiresAt, now);
        Assert.Equal(TryGetExpected(id, now, out Expected? expected), found);
        if (found)
        {
            _model[id] = expected! with { ExpiresAt = expiresAt };
        }
    }

    private void Remove((int Database, int Key) id, long now)
    {
        ItemKey key = store.Key(id.Database, KeyBytes(id.Key));
        using ShardScope scope = store.Enter(key, now);
        bool found = scope.Shard.Remove(key, RemoveReason.Deleted, now);
        Assert.Equal(TryGetExpected(id, now, out _), found);
        _model.Remove(id);
    }

    private void Note((int Database, int Key) id, StoreStatus status, Expected expected)
    {
        if (status == StoreStatus.Stored)
        {
            _model[id] = expected;
        }
        else
        {
            Refused++;
        }
    }

    private bool TryGetExpected(
        (int Database, int Key) id, long now, [NotNullWhen(true)] out Expected? expected)
    {
        if (_model.TryGetValue(id, out expected) && expected.IsExpired(now))
        {
            _model.Remove(id);
            expected = null;
        }

        return expected is not null;
    }
}
