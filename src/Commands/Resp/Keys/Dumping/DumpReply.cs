using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>
/// The answer of DUMP. What is packed and what is a string is written at one moment; a large collection in slices, from
/// the start again when it was written to meanwhile, so that the payload is that of one moment. Then comes the
/// checksum, in slices, and then the answer as the peer reads it.
/// </summary>
internal sealed class DumpReply : PausedRequest, IDisposable
{
    private const int EntriesPerSlice = 1024;
    private const int SliceBytes = 256 << 10;
    private const int MostStarts = 4;

    // Entries that are collected at one moment when nothing else helps: about 20 ms.
    private const int MostAtOnce = 65_536;

    private const int FirstBytes = 64;

    private readonly OutputBuffer _head;
    private readonly RdbValueWriter _writer;
    private readonly ElementDump _entries;
    private ClientConnection? _holder;
    private Stage _stage;
    private long _heldBytes;
    private int _starts;
    private long _next;
    private ulong _cas;
    private int _version = RdbVersion.Redis70;
    private ulong _crc;
    private int _at;

    public DumpReply(in RespCall call)
    {
        int most = Math.Min(call.Services.Limits.MaxOutputBytes, call.Services.Limits.MaxBulkBytes);
        _head = new OutputBuffer(FirstBytes, most);
        _writer = new RdbValueWriter(most);
        _entries = new ElementDump(_writer);
    }

    private enum Stage
    {
        Collect,
        Check,
        Write,
        Done,
    }

    public override bool GoOn(in RespCall call)
    {
        while (_stage != Stage.Done)
        {
            switch (_stage)
            {
                case Stage.Collect:
                    Collect(call);
                    break;
                case Stage.Check:
                    Check(call);
                    break;
                default:
                    Write(call);
                    break;
            }

            if (_stage != Stage.Done && call.Context.ShouldPause())
            {
                _holder = call.Client;
                Hold(_writer.Body.Capacity + _head.Capacity);
                return false;
            }
        }

        return true;
    }

    public override void Release() => Dispose();

    public void Dispose()
    {
        Hold(0);
        _head.Dispose();
        _writer.Dispose();
    }

    private void Collect(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!scope.Shard.TryPeek(key, call.Now, out ItemView item))
        {
            // It ended between two slices.
            call.WriteNull();
            _stage = Stage.Done;
            return;
        }

        if (item.Type == ItemType.String)
        {
            call.Context.Spend(WorkUnits.ForBytes(item.Value.Length));
            _head.WriteByte((byte)RdbType.String);
            _writer.Body.WriteRdbString(item.Value);
            _stage = Stage.Check;
        }
        else
        {
            CollectEntries(call, scope.Shard, key, item.Type);
        }

        if (_writer.Body.Overflowed)
        {
            call.Error(RespErrors.TooManyElements);
            _stage = Stage.Done;
        }
    }

    private void CollectEntries(in RespCall call, Shard shard, in ItemKey key, ItemType type)
    {
        // Ends what is over, so that the count is that of the entries.
        Lookup found = CollectionsByType.Of(shard, type).View(key, call.Now, out CollectionView view, isAccess: false);
        if (found != Lookup.Found)
        {
            call.WriteNull();
            _stage = Stage.Done;
            return;
        }

        if ((_next == 0 || view.Cas != _cas) && !TryBegin(call, view, type))
        {
            call.Error(RespErrors.ChangesTooOften);
            _stage = Stage.Done;
            return;
        }

        long total = view.Count;
        long count = view.IsLarge && _starts < MostStarts ? EntriesPerSlice : total;
        CollectionsByType.Walk(shard, key, type, _next, count, call.Now, _entries);
        _next += count;
        call.Context.Spend(1 + (count / WorkUnits.ElementsPerUnit));
        if (_next >= total)
        {
            _writer.End(_head);
            _stage = Stage.Check;
        }
        else if (call.Context.IsAtomicStepSpent)
        {
            call.Error(RespErrors.TooMuchWork);
            _stage = Stage.Done;
        }
    }

    // What changes all the time is taken at one moment at last, if that holds nobody up.
    private bool TryBegin(in RespCall call, in CollectionView view, ItemType type)
    {
        if (++_starts >= MostStarts && view.Count > MostAtOnce)
        {
            return false;
        }

        _cas = view.Cas;
        _next = 0;
        RdbKind kind = type switch
        {
            ItemType.Hash => RdbKind.Hash,
            ItemType.Set => RdbKind.Set,
            ItemType.SortedSet => RdbKind.SortedSet,
            _ => RdbKind.List,
        };
        CollectionInfo info = view.Info;
        long firstExpiry = kind == RdbKind.Hash ? FirstExpiryOf(view) : 0;
        _version = firstExpiry == 0 ? RdbVersion.Redis70 : RdbVersion.Redis74;
        _writer.Begin(kind, kind == RdbKind.Set ? !info.IsMixed : !info.IsWide, _version, firstExpiry);
        return true;
    }

    // A packed hash may be told of an expiry that has gone with its field.
    private static long FirstExpiryOf(in CollectionView view)
    {
        if (view.IsLarge)
        {
            return view.FirstExpiry;
        }

        long first = 0;
        foreach (ElementView field in view.Entries)
        {
            if (field.ExpiresAt != 0 && (first == 0 || field.ExpiresAt < first))
            {
                first = field.ExpiresAt;
            }
        }

        return first;
    }

    private void Check(in RespCall call)
    {
        if (_at == 0)
        {
            _crc = Crc64.Append(0, _head.Written);
        }

        ReadOnlySpan<byte> body = _writer.Body.Written;
        int size = Math.Min(SliceBytes, body.Length - _at);
        _crc = Crc64.Append(_crc, body.Slice(_at, size));
        _at += size;
        call.Context.Spend(WorkUnits.ForBytes(size));
        if (_at == body.Length)
        {
            Span<byte> foot = stackalloc byte[DumpPayload.FootBytes];
            DumpPayload.WriteFoot(foot, _version, _crc);
            _writer.Body.Write(foot);
            call.Output.WriteBulkLength(_head.Length + _writer.Body.Length);
            call.Output.Write(_head.Written);
            _at = 0;
            _stage = Stage.Write;
        }
    }

    private void Write(in RespCall call)
    {
        ReadOnlySpan<byte> rest = _writer.Body.Written[_at..];
        int most = call.Context.IsAtomicStep
            ? rest.Length : Math.Min(rest.Length, call.Services.Limits.OutputSoftBytes);
        call.Output.Write(rest[..most]);
        _at += most;
        if (_at == _writer.Body.Length || call.Output.Overflowed)
        {
            call.Output.Write("\r\n"u8);
            _stage = Stage.Done;
        }
    }

    private void Hold(long bytes)
    {
        _holder?.Hold(bytes - _heldBytes);
        _heldBytes = bytes;
    }
}
