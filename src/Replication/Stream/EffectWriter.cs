using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Stream;

/// <summary>
/// Writes mutations as commands that make a Redis what the store is: final bytes, absolute expiry, an end as DEL. What
/// Redis has no place for (client flags, cas uniques, expiries of fields) is left out; a field that ends is an HDEL.
/// </summary>
internal sealed class EffectWriter(OutputBuffer output) : IEffectWriter
{
    // Places in lists are commands only at both ends. Elsewhere a script goes by places: it puts a word there that is
    // nobody's, and finds the place by it again.
    private static readonly byte[] InsertScript =
    [
        .. "local k,i,n=KEYS[1],tonumber(ARGV[1]),redis.call('LLEN',KEYS[1]) "u8,
        .. "if i>=n then return redis.call('RPUSH',k,ARGV[2]) end "u8,
        .. "local v=redis.call('LINDEX',k,i) redis.call('LSET',k,i,ARGV[3]) "u8,
        .. "redis.call('LINSERT',k,'BEFORE',ARGV[3],ARGV[2]) redis.call('LSET',k,i+1,v)"u8,
    ];

    private static readonly byte[] RemoveScript =
    [
        .. "local k,i,c,n=KEYS[1],tonumber(ARGV[1]),tonumber(ARGV[2]),redis.call('LLEN',KEYS[1]) "u8,
        .. "if i>=n then return end "u8,
        .. "if i+c>=n then return redis.call('LTRIM',k,0,i-1) end "u8,
        .. "for j=i,i+c-1 do redis.call('LSET',k,j,ARGV[3]) end redis.call('LREM',k,c,ARGV[3])"u8,
    ];

    private static readonly byte[] NobodysWord =
        "\u0000gateway-6f1d8c2e-9d0b-4f54-8a5f-0f6a3e1c77b9\u0000"u8.ToArray();

    private readonly CollectionReader _noPages = new();
    private readonly PlainValue _value = new();
    private int _database = -1;
    private bool _isInGroup;
    private bool _hasBegun;

    /// <summary>True between the first and the last command of a group.</summary>
    public bool IsInGroup => _hasBegun;

    /// <summary>The next command says its database: somebody begins to read there.</summary>
    public void ForgetDatabase() => _database = -1;

    /// <summary>Writes a mutation; of some nothing is left.</summary>
    public void Write(in Mutation mutation)
    {
        switch (mutation.Kind)
        {
            case MutationKind.GroupBegin:
                _isInGroup = true;
                break;
            case MutationKind.GroupEnd:
                EndGroup();
                break;
            case MutationKind.Accessed:
                break;
            case MutationKind.Flushed:
                Begin(mutation.Database, 1, "FLUSHDB"u8);
                break;
            case MutationKind.Put when mutation.Type != ItemType.String:
                WriteCollection(mutation);
                break;
            case MutationKind.Put:
                WriteString(mutation);
                break;
            case MutationKind.Spliced when mutation.SpliceRemoved == 0
                && mutation.SpliceOffset == mutation.SplicedLength:
                Begin(mutation.Database, 3, "APPEND"u8);
                output.WriteBulk(mutation.Key);
                output.WriteBulk(mutation.Inserted);
                break;
            case MutationKind.Spliced:
                WriteString(mutation);
                break;
            case MutationKind.Refreshed or MutationKind.ExpiryChanged:
                WriteExpiry(mutation);
                break;
            case MutationKind.Element:
                WriteElement(mutation);
                break;
            default:
                Begin(mutation.Database, 2, "DEL"u8);
                output.WriteBulk(mutation.Key);
                break;
        }
    }

    /// <inheritdoc/>
    public void WritePing()
    {
        output.WriteArray(1);
        output.WriteBulk("PING"u8);
    }

    /// <inheritdoc/>
    public void WritePair(in Link.PairMessage message)
    {
    }

    /// <inheritdoc/>
    public void WriteQuestion()
    {
        output.WriteArray(3);
        output.WriteBulk("REPLCONF"u8);
        output.WriteBulk("GETACK"u8);
        output.WriteBulk("*"u8);
    }

    private void EndGroup()
    {
        if (_hasBegun)
        {
            output.WriteArray(1);
            output.WriteBulk("EXEC"u8);
        }

        _isInGroup = _hasBegun = false;
    }

    // The group begins with its first command, and its database is selected inside of it.
    private void Begin(int database, int count, ReadOnlySpan<byte> name)
    {
        if (_isInGroup && !_hasBegun)
        {
            _hasBegun = true;
            output.WriteArray(1);
            output.WriteBulk("MULTI"u8);
        }

        if (database != _database)
        {
            _database = database;
            output.WriteArray(2);
            output.WriteBulk("SELECT"u8);
            output.WriteBulkNumber(database);
        }

        output.WriteArray(count);
        output.WriteBulk(name);
    }

    private void WriteString(in Mutation mutation)
    {
        Begin(mutation.Database, mutation.ExpiresAt == 0 ? 3 : 5, "SET"u8);
        output.WriteBulk(mutation.Key);
        WriteValue(mutation);
        if (mutation.ExpiresAt != 0)
        {
            output.WriteBulk("PXAT"u8);
            output.WriteBulkNumber(mutation.ExpiresAt);
        }
    }

    private void WriteValue(in Mutation mutation)
    {
        if (mutation.Tail.IsEmpty)
        {
            output.WriteBulk(mutation.Head);
            return;
        }

        output.WriteBulkLength(mutation.ValueLength);
        output.Write(mutation.Head);
        output.Write(mutation.Tail);
        output.Write("\r\n"u8);
    }

    private void WriteExpiry(in Mutation mutation)
    {
        Begin(
            mutation.Database, mutation.ExpiresAt == 0 ? 2 : 3,
            mutation.ExpiresAt == 0 ? "PERSIST"u8 : "PEXPIREAT"u8);
        output.WriteBulk(mutation.Key);
        if (mutation.ExpiresAt != 0)
        {
            output.WriteBulkNumber(mutation.ExpiresAt);
        }
    }

    // A packed collection that is put as a whole (RENAME, COPY, RESTORE): one command, as it was one moment.
    private void WriteCollection(in Mutation mutation)
    {
        using var payload = new OutputBuffer(256, int.MaxValue);
        payload.WriteByte((byte)PlainValue.TypeOf(mutation.Type));
        var item = new ItemView { Value = mutation.Head, Type = mutation.Type };
        if (!_value.TryWrite(payload, _noPages, mutation.Database, item, now: 0))
        {
            Begin(mutation.Database, 2, "DEL"u8);
            output.WriteBulk(mutation.Key);
            return;
        }

        Span<byte> foot = stackalloc byte[DumpPayload.FootBytes];
        DumpPayload.WriteFoot(foot, RdbVersion.Redis5, Crc64.Append(0, payload.Written));
        payload.Write(foot);
        Begin(mutation.Database, 6, "RESTORE"u8);
        output.WriteBulk(mutation.Key);
        output.WriteBulkNumber(mutation.ExpiresAt);
        output.WriteBulk(payload.Written);
        output.WriteBulk("REPLACE"u8);
        output.WriteBulk("ABSTTL"u8);
    }

    private void WriteElement(in Mutation mutation)
    {
        switch (mutation.Element)
        {
            case ElementChangeKind.Put:
                WritePut(mutation);
                break;
            case ElementChangeKind.Removed:
                Begin(mutation.Database, 3, mutation.Type switch
                {
                    ItemType.Hash => "HDEL"u8,
                    ItemType.Set => "SREM"u8,
                    _ => "ZREM"u8,
                });
                output.WriteBulk(mutation.Key);
                output.WriteBulk(mutation.Head);
                break;
            case ElementChangeKind.Inserted when mutation.Index == 0 || mutation.Index == mutation.Count:
                Begin(mutation.Database, 3, mutation.Index == mutation.Count ? "RPUSH"u8 : "LPUSH"u8);
                output.WriteBulk(mutation.Key);
                output.WriteBulk(mutation.Head);
                break;
            case ElementChangeKind.Inserted:
                Begin(mutation.Database, 7, "EVAL"u8);
                output.WriteBulk(InsertScript);
                output.WriteBulkNumber(1);
                output.WriteBulk(mutation.Key);
                output.WriteBulkNumber(mutation.Index);
                output.WriteBulk(mutation.Head);
                output.WriteBulk(NobodysWord);
                break;
            case ElementChangeKind.ReplacedAt:
                Begin(mutation.Database, 4, "LSET"u8);
                output.WriteBulk(mutation.Key);
                output.WriteBulkNumber(mutation.Index);
                output.WriteBulk(mutation.Head);
                break;
            case ElementChangeKind.RemovedAt when mutation.Index == 0:
                Begin(mutation.Database, 3, "LPOP"u8);
                output.WriteBulk(mutation.Key);
                output.WriteBulkNumber(mutation.Count);
                break;
            default:
                Begin(mutation.Database, 7, "EVAL"u8);
                output.WriteBulk(RemoveScript);
                output.WriteBulkNumber(1);
                output.WriteBulk(mutation.Key);
                output.WriteBulkNumber(mutation.Index);
                output.WriteBulkNumber(mutation.Count);
                output.WriteBulk(NobodysWord);
                break;
        }
    }

    private void WritePut(in Mutation mutation)
    {
        if (mutation.Type == ItemType.SortedSet)
        {
            Begin(mutation.Database, 4, "ZADD"u8);
            output.WriteBulk(mutation.Key);
            Span<byte> score = stackalloc byte[RespWriter.MostDoubleBytes];
            output.WriteBulk(score[..RespWriter.FormatDouble(mutation.Score, score)]);
            output.WriteBulk(mutation.Head);
            return;
        }

        bool isHash = mutation.Type == ItemType.Hash;
        Begin(mutation.Database, isHash ? 4 : 3, isHash ? "HSET"u8 : "SADD"u8);
        output.WriteBulk(mutation.Key);
        output.WriteBulk(mutation.Head);
        if (isHash)
        {
            output.WriteBulk(mutation.Tail);
        }
    }
}
