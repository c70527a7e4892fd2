using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>
/// A payload on its way into an item: the checksum of a long one is made in slices, then it is read and written at one
/// moment, which bounds the entries.
/// </summary>
internal sealed class RestoreRequest(RestoreOptions options) : PausedRequest
{
    /// <summary>Argument of the payload.</summary>
    public const int PayloadPlace = 3;

    /// <summary>Entries of the largest collection that is restored, at one moment: about a tenth of a second.</summary>
    public const int MostEntries = 65_536;

    private const int TtlPlace = 2;
    private const int SliceBytes = 256 << 10;

    private ulong _crc;
    private int _at;

    /// <summary>What the checksum is of.</summary>
    public static ReadOnlySpan<byte> CheckedPart(ReadOnlySpan<byte> payload) =>
        payload[..Math.Max(payload.Length - DumpPayload.ChecksumBytes, 0)];

    /// <summary>Writes the item and the answer.</summary>
    public static void Finish(in RespCall call, in RestoreOptions options, ulong crc)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Store.Enter(key, call.Now);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out _);
        if (exists && !options.Replaces)
        {
            call.Error("-BUSYKEY Target key name already exists.\r\n"u8);
            return;
        }

        ReadOnlySpan<byte> payload = call[PayloadPlace];
        if (!TryTtl(call, options, out long expiresAt) || !TryCheck(call, payload, crc, out int version))
        {
            return;
        }

        var type = (RdbType)payload[0];
        ReadOnlySpan<byte> value = payload[1..^DumpPayload.FootBytes];
        if (!TryMeasure(call, type, version, value))
        {
            return;
        }

        if (expiresAt != 0 && expiresAt <= call.Now)
        {
            if (scope.Shard.Remove(key, RemoveReason.Deleted, call.Now))
            {
                call.Notify(KeyEventClasses.Generic, "del"u8, key);
            }

            call.Output.WriteOk();
            return;
        }

        // Redis ends the old item before: what is there is new.
        call.Notify(KeyEventClasses.New, "new"u8, key);
        if (!TryWrite(call, scope.Shard, key, type, version, value, expiresAt))
        {
            call.Error(RespErrors.OutOfMemory);
            return;
        }

        if (options.IdleSeconds >= 0)
        {
            long idle = Math.Min(options.IdleSeconds, call.Now / 1000) * 1000;
            scope.Shard.SetLastAccess(key, call.Now - idle, call.Now);
        }

        call.Notify(KeyEventClasses.Generic, "restore"u8, key);
        call.Output.WriteOk();
    }

    public override bool GoOn(in RespCall call)
    {
        ReadOnlySpan<byte> all = CheckedPart(call[PayloadPlace]);
        while (_at < all.Length)
        {
            int size = Math.Min(SliceBytes, all.Length - _at);
            _crc = Crc64.Append(_crc, all.Slice(_at, size));
            _at += size;
            call.Context.Spend(WorkUnits.ForBytes(size));
            if (call.Context.ShouldPause())
            {
                return false;
            }
        }

        Finish(call, options, _crc);
        return true;
    }

    private static bool TryTtl(in RespCall call, in RestoreOptions options, out long expiresAt)
    {
        if (!call.TryInteger(TtlPlace, out expiresAt))
        {
            return false;
        }

        if (expiresAt < 0)
        {
            call.Error("-ERR Invalid TTL value, must be >= 0\r\n"u8);
            return false;
        }

        if (expiresAt != 0 && !options.IsAbsolute)
        {
            // Beyond the end of time Redis counts on from its beginning, and the key is gone at once.
            expiresAt = unchecked(expiresAt + call.Now);
            expiresAt = expiresAt < 0 ? 1 : expiresAt;
        }

        return true;
    }

    private static bool TryCheck(in RespCall call, ReadOnlySpan<byte> payload, ulong crc, out int version)
    {
        if (!DumpPayload.TryVersion(payload, out version) || DumpPayload.ChecksumOf(payload) != crc)
        {
            call.Error("-ERR DUMP payload version or checksum are wrong\r\n"u8);
            return false;
        }

        if (payload.Length > DumpPayload.FootBytes)
        {
            return true;
        }

        WriteBadData(call);
        return false;
    }

    // Nothing is changed before all is known to be right.
    private static bool TryMeasure(in RespCall call, RdbType type, int version, ReadOnlySpan<byte> value)
    {
        RdbKind kind = RdbTypes.KindOf(type);
        using var names = new NameCheck(kind, MostEntries);
        bool isRead = kind <= RdbKind.Hash && TryRead(type, version, value, names);
        if (names.Count > MostEntries)
        {
            call.Error(RespErrors.TooLargeToRestore);
            return false;
        }

        if (!isRead || names.HasRepeats || names.Count == 0)
        {
            WriteBadData(call);
            return false;
        }

        call.Context.Spend(names.Count);
        return true;
    }

    private static bool TryWrite(
        in RespCall call, Shard shard, in ItemKey key, RdbType type, int version, ReadOnlySpan<byte> value,
        long expiresAt)
    {
        RdbKind kind = RdbTypes.KindOf(type);
        if (kind != RdbKind.String)
        {
            shard.Remove(key, RemoveReason.Deleted, call.Now);
        }

        var writer = new RestoredValue(shard, key.Bytes, call.Store, key.Database, kind, expiresAt, call.Now);
        if (!TryRead(type, version, value, writer) || !writer.IsStored)
        {
            if (kind != RdbKind.String)
            {
                shard.Remove(key, RemoveReason.Deleted, call.Now);
            }

            return false;
        }

        if (kind != RdbKind.String && expiresAt != 0)
        {
            shard.SetExpiry(key, expiresAt, call.Now);
        }

        return true;
    }

    private static bool TryRead(RdbType type, int version, ReadOnlySpan<byte> value, IRdbVisitor visitor)
    {
        using var reader = new RdbValueReader();
        reader.Begin(type, version == RdbVersion.Valkey9);
        RdbStatus status = RdbStatus.More;
        while (status == RdbStatus.More)
        {
            status = reader.Read(value, visitor, out int consumed);
            value = value[consumed..];
        }

        return status == RdbStatus.Done;
    }

    private static void WriteBadData(in RespCall call) => call.Error("-ERR Bad data format\r\n"u8);
}
