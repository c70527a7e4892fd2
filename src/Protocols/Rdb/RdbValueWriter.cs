using System.Buffers.Binary;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb.Packed;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Writes a collection, entry by entry, in an encoding that the version has and redis accepts. What stands before
/// the entries is known at the end: it is given by <see cref="End"/>, the entries are in <see cref="Body"/> then.
/// </summary>
public sealed class RdbValueWriter : IDisposable
{
    // list-max-listpack-size -2, and what Redis reckons for an entry's bookkeeping (quicklist.c).
    private const int MostNodeBytes = 8192;
    private const int EntryOverhead = 8;

    private const int FirstBytes = 4096;

    private readonly ListpackBuilder _pack = new();
    private readonly OutputBuffer _body;
    private RdbType _type;
    private long _firstExpiry;
    private long _nodes;
    private readonly List<long> _numbers = [];

    /// <summary>Makes a writer.</summary>
    /// <param name="mostBytes">Bytes after which <see cref="OutputBuffer.Overflowed"/> of the body is set.</param>
    public RdbValueWriter(int mostBytes) => _body = new OutputBuffer(FirstBytes, mostBytes);

    /// <summary>The entries.</summary>
    public OutputBuffer Body => _body;

    /// <summary>Entries added.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Begins a collection. A packed one is to be small: it is kept as a whole. Version 9 has no listpacks, 12 has
    /// expiries of fields.
    /// </summary>
    /// <param name="kind">A hash, a list, a set or a sorted set.</param>
    /// <param name="isPacked">A hash or a sorted set in a listpack, a set of numbers in an intset.</param>
    /// <param name="version">The version.</param>
    /// <param name="firstExpiry">Of a hash whose fields have expiries: Unix milliseconds, not after any of
    /// them.</param>
    public void Begin(RdbKind kind, bool isPacked, int version, long firstExpiry = 0)
    {
        isPacked &= version >= RdbVersion.Redis70 || kind == RdbKind.Set;
        _type = kind switch
        {
            RdbKind.Hash when firstExpiry != 0 => RdbType.HashExpiring,
            RdbKind.Hash => isPacked ? RdbType.HashListpack : RdbType.Hash,
            RdbKind.Set => isPacked ? RdbType.SetIntset : RdbType.Set,
            RdbKind.SortedSet => isPacked ? RdbType.SortedSetListpack : RdbType.SortedSet2,
            _ => version >= RdbVersion.Redis70 ? RdbType.ListQuicklist2 : RdbType.List,
        };
        _firstExpiry = firstExpiry;
        Clear();
    }

    /// <summary>Forgets what was added.</summary>
    public void Clear()
    {
        Count = _nodes = 0;
        Body.Clear(FirstBytes);
        _pack.Clear();
        _numbers.Clear();
    }

    /// <summary>Adds an entry.</summary>
    public void Add(in RdbElement element)
    {
        Count++;
        switch (_type)
        {
            case RdbType.HashListpack:
                _pack.Add(element.Name);
                _pack.Add(element.Value);
                break;
            case RdbType.SortedSetListpack:
                _pack.Add(element.Name);
                AddScore(element.Score);
                break;
            case RdbType.ListQuicklist2:
                AddToNode(element.Name);
                break;
            case RdbType.SetIntset:
                RespNumbers.TryInt64(element.Name, out long number);
                _numbers.Add(number);
                break;
            default:
                AddPlain(element);
                break;
        }
    }

    /// <summary>Ends the collection, and writes what stands before the body: the type and what it begins
    /// with.</summary>
    public void End(OutputBuffer head)
    {
        long parts = Count;
        switch (_type)
        {
            case RdbType.HashListpack or RdbType.SortedSetListpack:
                Body.WriteRdbString(_pack.Finish());
                break;
            case RdbType.ListQuicklist2:
                EndNode();
                parts = _nodes;
                break;
            case RdbType.SetIntset:
                EndIntset();
                break;
        }

        head.WriteByte((byte)_type);
        if (RdbTypes.BeginsWithTime(_type))
        {
            head.WriteRdbInt64(_firstExpiry);
        }

        if (RdbTypes.IsCounted(_type))
        {
            head.WriteRdbLength((ulong)parts);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _body.Dispose();

    private void AddPlain(in RdbElement element)
    {
        if (_type == RdbType.HashExpiring)
        {
            Body.WriteRdbLength(element.ExpiresAt == 0 ? 0 : (ulong)(element.ExpiresAt - _firstExpiry + 1));
        }

        Body.WriteRdbString(element.Name);
        if (_type is RdbType.Hash or RdbType.HashExpiring)
        {
            Body.WriteRdbString(element.Value);
        }
        else if (_type == RdbType.SortedSet2)
        {
            Body.WriteRdbInt64(BitConverter.DoubleToInt64Bits(element.Score));
        }
    }

    // A whole number within half of 64 bits is one (util.c, double2ll).
    private void AddScore(double score)
    {
        const double most = long.MaxValue / 2;
        if (score is >= -most and <= most && score == Math.Truncate(score))
        {
            _pack.Add((long)score);
            return;
        }

        Span<byte> text = stackalloc byte[RespWriter.MostDoubleBytes];
        _pack.Add(text[..RespWriter.FormatDouble(score, text)]);
    }

    private void AddToNode(ReadOnlySpan<byte> element)
    {
        if (_pack.Count > 0 && (long)_pack.Length + element.Length + EntryOverhead > MostNodeBytes)
        {
            EndNode();
        }

        _pack.Add(element);
    }

    private void EndNode()
    {
        const ulong packedNode = 2;
        if (_pack.Count == 0)
        {
            return;
        }

        Body.WriteRdbLength(packedNode);
        Body.WriteRdbString(_pack.Finish());
        _pack.Clear();
        _nodes++;
    }

    // In ascending order, as wide as the widest needs.
    private void EndIntset()
    {
        _numbers.Sort();
        bool isShort = _numbers.Count == 0 || (_numbers[0] >= short.MinValue && _numbers[^1] <= short.MaxValue);
        bool isInt = _numbers.Count == 0 || (_numbers[0] >= int.MinValue && _numbers[^1] <= int.MaxValue);
        int width = isShort ? sizeof(short) : isInt ? sizeof(int) : sizeof(long);
        byte[] block = new byte[Intset.HeadBytes + (_numbers.Count * width)];
        BinaryPrimitives.WriteInt32LittleEndian(block, width);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(sizeof(int)), _numbers.Count);
        Span<byte> eight = stackalloc byte[sizeof(long)];
        for (int i = 0; i < _numbers.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(eight, _numbers[i]);
            eight[..width].CopyTo(block.AsSpan(Intset.HeadBytes + (i * width)));
        }

        Body.WriteRdbString(block);
    }
}
