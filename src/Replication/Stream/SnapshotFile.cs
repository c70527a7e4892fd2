using SessionGateway.Durability.Format;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Stream;

/// <summary>
/// A snapshot on its way to a replica: items come from the walk and from writers that are about to change them, and
/// wait until they are taken. For a Redis it is a file of Redis, and large collections are written when all their
/// pages are there; for a gateway it is a state of the append log. Both end with the checksum of Redis' files. Any
/// thread.
/// </summary>
public sealed class SnapshotFile : ISnapshotSink, IDisposable
{
    private const int FirstBytes = 256 << 10;

    private readonly Lock _lock = new();
    private readonly OutputBuffer _output = new(FirstBytes, int.MaxValue);
    private readonly CollectionReader _pages = new();
    private readonly PlainValue _value = new();
    private readonly List<LargeItem> _large = [];
    private readonly long _now;
    private readonly RecordWriter? _records;
    private ByteQueue _waiting;
    private int _database = -1;
    private ulong _crc;
    private long _pageBytes;
    private bool _isEnded;

    /// <summary>Begins a file.</summary>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="version">What is told of who wrote it.</param>
    /// <param name="form">For whom it is.</param>
    public SnapshotFile(long now, string version, HistoryForm form = HistoryForm.Commands)
    {
        _now = now;
        if (form == HistoryForm.Records)
        {
            _records = new RecordWriter(_output);
            return;
        }

        _output.WriteText($"REDIS{RdbVersion.Redis5:0000}");
        WriteAuxiliary("redis-ver", version);
        WriteAuxiliary("redis-bits", "64");
        Queue();
    }

    /// <summary>Bytes that wait, and those of pages that are kept.</summary>
    public long WaitingBytes
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Length + _pageBytes;
            }
        }
    }

    /// <summary>Items that were written.</summary>
    public long Items { get; private set; }

    /// <inheritdoc/>
    public void OnItem(in ItemKey key, in ItemView item)
    {
        lock (_lock)
        {
            if (_isEnded)
            {
                return;
            }

            if (_records is not null)
            {
                _records.Write(Mutation.OfItem(key, item), RecordKind.StateItem);
                Items++;
                Queue();
                return;
            }

            if (item.Type != ItemType.String && ShardCollections.Describe(item).IsLarge)
            {
                _large.Add(new LargeItem(
                    key.Database, key.Bytes.ToArray(), item.Value.ToArray(), item.Type, item.ExpiresAt));
                return;
            }

            Write(key.Database, key.Bytes, item);
        }
    }

    /// <inheritdoc/>
    public void OnPage(int database, ulong number, ReadOnlySpan<byte> page)
    {
        lock (_lock)
        {
            if (!_isEnded && _records is not null)
            {
                _records.Write(new Mutation
                {
                    Kind = MutationKind.Put, Database = database, Type = ItemType.Page, Cas = number, Head = page,
                }, RecordKind.StatePage);
                Queue();
            }
            else if (!_isEnded)
            {
                _pageBytes += page.Length;
                _pages.AddPage(database, number, page);
            }
        }
    }

    /// <summary>All items were handed over: writes what waited for its pages, and the end.</summary>
    /// <returns>False when pages are missing.</returns>
    public bool TryEnd()
    {
        lock (_lock)
        {
            bool isWhole = true;
            foreach (LargeItem large in _large)
            {
                var view = new ItemView { Value = large.Value, Type = large.Type, ExpiresAt = large.ExpiresAt };
                isWhole &= Write(large.Database, large.Key, view);
            }

            _large.Clear();
            _pageBytes = 0;
            if (_records is null)
            {
                _output.WriteByte(0xFF);
            }
            else
            {
                _records.Write(new Mutation { Kind = MutationKind.GroupEnd }, RecordKind.StateEnd);
            }

            Span<byte> checksum = stackalloc byte[sizeof(ulong)];
            BitConverter.TryWriteBytes(checksum, Crc64.Append(_crc, _output.Written));
            _output.Write(checksum);
            Queue();
            _isEnded = true;
            return isWhole;
        }
    }

    /// <summary>Takes bytes.</summary>
    /// <returns>How many; 0 = none wait.</returns>
    public int Take(Span<byte> target)
    {
        lock (_lock)
        {
            int count = Math.Min(target.Length, _waiting.Length);
            _waiting.Bytes[..count].CopyTo(target);
            if (count > 0)
            {
                _waiting.Consume(count);
            }

            return count;
        }
    }

    /// <summary>True when everything was taken.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
            {
                return _isEnded && _waiting.IsEmpty;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _isEnded = true;
            _output.Dispose();
            _waiting.Free();
        }
    }

    private bool Write(int database, ReadOnlySpan<byte> key, in ItemView item)
    {
        int databaseBefore = _database;
        if (database != _database)
        {
            _database = database;
            _output.WriteByte(0xFE);
            _output.WriteRdbLength((ulong)database);
        }

        if (item.ExpiresAt != 0)
        {
            _output.WriteByte(0xFC);
            BitConverter.TryWriteBytes(_output.GetSpan(sizeof(long)), item.ExpiresAt);
            _output.Advance(sizeof(long));
        }

        _output.WriteByte((byte)PlainValue.TypeOf(item.Type));
        PlainValue.WriteString(_output, key);
        if (_value.TryWrite(_output, _pages, database, item, _now))
        {
            Items++;
            Queue();
            return true;
        }

        // A hash all of whose fields are over: nobody sees it.
        _output.Clear(FirstBytes);
        _database = databaseBefore;
        return item.Type == ItemType.Hash;
    }

    private void Queue()
    {
        _crc = Crc64.Append(_crc, _output.Written);
        _waiting.Append(_output.Written);
        _output.Clear(FirstBytes);
    }

    private void WriteAuxiliary(string name, string text)
    {
        _output.WriteByte(0xFA);
        _output.WriteRdbString(System.Text.Encoding.ASCII.GetBytes(name));
        _output.WriteRdbString(System.Text.Encoding.ASCII.GetBytes(text));
    }

    private sealed record LargeItem(int Database, byte[] Key, byte[] Value, ItemType Type, long ExpiresAt);
}
