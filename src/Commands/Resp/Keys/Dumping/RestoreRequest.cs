using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>
/// A payload on its way into an item. The checksum is made, and a collection is read, in slices between other requests;
/// a collection takes its place when it is whole, so until then, and when it turns out to be damaged or too much for
/// the memory, the key holds what it held.
/// </summary>
/// <param name="options">What stands behind the payload.</param>
/// <param name="mostStringBytes">Longest string, or packed block, that a compressed one may become.</param>
internal sealed class RestoreRequest(RestoreOptions options, int mostStringBytes) : PausedRequest, IRdbVisitor
{
    private const int TtlPlace = 2;
    private const int PayloadPlace = 3;
    private const int SliceBytes = 256 << 10;

    private readonly RdbValueReader _reader = new(mostStringBytes);
    private Stage _stage;
    private long _expiresAt;
    private ulong _crc;
    private int _checked;
    private int _at;
    private StagedCollection? _staged;
    private RestoredEntries? _entries;
    private bool _isOutOfMemory;
    private Target _target;

    private enum Stage
    {
        Begin,
        Check,
        Read,
        Done,
    }

    public override bool GoOn(in RespCall call)
    {
        do
        {
            switch (_stage)
            {
                case Stage.Begin:
                    Begin(call);
                    break;
                case Stage.Check:
                    Check(call);
                    break;
                default:
                    Read(call);
                    break;
            }
        }
        while (_stage != Stage.Done && !call.Context.ShouldPause());
        return _stage == Stage.Done;
    }

    public override void Release()
    {
        _reader.Dispose();
        if (_staged is { } staged)
        {
            using ShardScope scope = ItemStore.Enter(staged.Shard);
            staged.Release(_target.Now);
        }
    }

    // The string: its shard is held.
    public bool Visit(in RdbElement element)
    {
        ItemKey key = _target.Context.Store.Key(_target.Database, _target.Key);
        if (_expiresAt != 0 && _expiresAt <= _target.Now)
        {
            return true;
        }

        _target.Context.Spend(WorkUnits.ForBytes(element.Name.Length));
        var attributes = new ItemAttributes(0, _expiresAt);
        StoreStatus status = _target.Shard.Put(key, element.Name, default, attributes, _target.Now, out _);
        _isOutOfMemory = status != StoreStatus.Stored;
        return !_isOutOfMemory;
    }

    private void Begin(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        _stage = IsBusy(call, scope.Shard, key) || !TryTtl(call) ? Stage.Done : Stage.Check;
    }

    private bool IsBusy(in RespCall call, Shard shard, in ItemKey key)
    {
        if (options.Replaces || !shard.TryPeekAttributes(key, call.Now, out _))
        {
            return false;
        }

        call.Error("-BUSYKEY Target key name already exists.\r\n"u8);
        return true;
    }

    private bool TryTtl(in RespCall call)
    {
        if (!call.TryInteger(TtlPlace, out _expiresAt))
        {
            return false;
        }

        if (_expiresAt < 0)
        {
            call.Error("-ERR Invalid TTL value, must be >= 0\r\n"u8);
            return false;
        }

        if (_expiresAt != 0 && !options.IsAbsolute)
        {
            // Beyond the end of time Redis counts on from its beginning, and the key is gone at once.
            _expiresAt = unchecked(_expiresAt + call.Clock);
            _expiresAt = _expiresAt < 0 ? 1 : _expiresAt;
        }

        return true;
    }

    private void Check(in RespCall call)
    {
        ReadOnlySpan<byte> payload = call[PayloadPlace];
        int length = Math.Max(payload.Length - DumpPayload.ChecksumBytes, 0);
        int size = Math.Min(SliceBytes, length - _checked);
        _crc = Crc64.Append(_crc, payload.Slice(_checked, size));
        _checked += size;
        call.Context.Spend(WorkUnits.ForBytes(size));
        if (_checked < length)
        {
            return;
        }

        if (!DumpPayload.TryVersion(payload, out int version) || DumpPayload.ChecksumOf(payload) != _crc)
        {
            Fail(call, "-ERR DUMP payload version or checksum are wrong\r\n"u8);
        }
        else if (payload.Length == DumpPayload.FootBytes || RdbTypes.KindOf((RdbType)payload[0]) > RdbKind.Hash)
        {
            Fail(call, RespErrors.BadData);
        }
        else
        {
            Restart(payload, version);
            _stage = Stage.Read;
        }
    }

    private void Restart(ReadOnlySpan<byte> payload, int version)
    {
        _reader.Begin((RdbType)payload[0], version == RdbVersion.Valkey9);
        _at = 1;
    }

    // A slice of the value.
    private void Read(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        ReadOnlySpan<byte> payload = call[PayloadPlace];
        RdbKind kind = RdbTypes.KindOf((RdbType)payload[0]);
        _target = new Target(call.Context, scope.Shard, call.Client.Database, key.Bytes.ToArray(), call.Now);
        if (kind != RdbKind.String && !TryStage(call, payload, scope.Shard, kind))
        {
            Fail(call, RespErrors.OutOfMemory);
            return;
        }

        // Somebody may have written it since.
        if (kind == RdbKind.String && IsBusy(call, scope.Shard, key))
        {
            _stage = Stage.Done;
            return;
        }

        IRdbVisitor visitor = _entries is { } entries ? entries : this;
        RdbStatus status = RdbStatus.More;
        while (status == RdbStatus.More && !call.Context.ShouldPause() && !call.Context.IsAtomicStepSpent)
        {
            _entries?.BeginBlock();
            status = _reader.Read(payload[_at..^DumpPayload.FootBytes], visitor, out int consumed);
            _at += consumed;
        }

        switch (status)
        {
            case RdbStatus.More when call.Context.IsAtomicStepSpent:
                Fail(call, RespErrors.TooMuchWork);
                break;
            case RdbStatus.More:
                break;
            case RdbStatus.Done:
                Finish(call, scope.Shard, key);
                break;
            case RdbStatus.Stopped when _entries is { IsTooMuch: true }:
                Fail(call, RespErrors.TooLargeToRestore);
                break;
            default:
                bool isOut = _isOutOfMemory || _entries is { Outcome: ElementWrite.OutOfMemory };
                Fail(call, isOut ? RespErrors.OutOfMemory : RespErrors.BadData);
                break;
        }
    }

    // It is gone after a flush, or with the last of its fields: then all begins again.
    private bool TryStage(in RespCall call, ReadOnlySpan<byte> payload, Shard shard, RdbKind kind)
    {
        if (_staged is { } staged && staged.Exists(call.Now))
        {
            return true;
        }

        DumpPayload.TryVersion(payload, out int version);
        Restart(payload, version);
        ItemType type = kind switch
        {
            RdbKind.Hash => ItemType.Hash,
            RdbKind.Set => ItemType.Set,
            RdbKind.SortedSet => ItemType.SortedSet,
            _ => ItemType.List,
        };
        _staged = StagedCollection.TryBegin(shard, call.Client.Database, type, call.Now);
        _entries = _staged is null ? null : new RestoredEntries(_staged, type, call.Context);
        return _staged is not null;
    }

    private void Finish(in RespCall call, Shard shard, in ItemKey key)
    {
        if (_staged is { } staged && !TryTakePlace(call, shard, key, staged))
        {
            return;
        }

        bool isThere = shard.TryPeekAttributes(key, call.Now, out _);
        if (_expiresAt != 0 && _expiresAt <= call.Now)
        {
            if (isThere && shard.Remove(key, RemoveReason.Deleted, call.Now))
            {
                call.Notify(KeyEventClasses.Generic, "del"u8, key);
            }
        }
        else if (isThere)
        {
            if (options.IdleSeconds >= 0)
            {
                long idle = Math.Min(options.IdleSeconds, call.Now / 1000) * 1000;
                shard.SetLastAccess(key, call.Now - idle, call.Now);
            }

            // Redis ends the old item before: what is there is new.
            call.Notify(KeyEventClasses.New, "new"u8, key);
            call.Notify(KeyEventClasses.Generic, "restore"u8, key);
        }

        call.Output.WriteOk();
        _stage = Stage.Done;
    }

    private bool TryTakePlace(in RespCall call, Shard shard, in ItemKey key, StagedCollection staged)
    {
        if (IsBusy(call, shard, key))
        {
            _stage = Stage.Done;
            return false;
        }

        if (_expiresAt != 0 && _expiresAt <= call.Now)
        {
            return true;
        }

        if (staged.Count(call.Now) == 0)
        {
            // No entries are damage; only such whose time is over are none.
            if (_reader.HasEntries)
            {
                shard.Remove(key, RemoveReason.Deleted, call.Now);
                return true;
            }

            Fail(call, RespErrors.BadData);
            return false;
        }

        if (staged.TryLink(key, _expiresAt, call.Now))
        {
            _staged = null;
            return true;
        }

        Fail(call, RespErrors.OutOfMemory);
        return false;
    }

    private void Fail(in RespCall call, ReadOnlySpan<byte> error)
    {
        call.Error(error);
        _stage = Stage.Done;
    }

    /// <summary>Where the value goes, for a slice.</summary>
    private readonly record struct Target(CommandContext Context, Shard Shard, int Database, byte[] Key, long Now);
}
