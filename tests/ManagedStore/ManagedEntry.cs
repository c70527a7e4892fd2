using SessionGateway.Store.Collections;

namespace SessionGateway.Store.Managed;

/// <summary>A place of a table. Key and value share one array: key first.</summary>
internal struct ManagedEntry
{
    /// <summary>What an item costs beside its array: this struct, a bucket, the array's header.</summary>
    public const int Overhead = 72 + 8 + 24;

    public byte[]? Data;
    public ulong Hash;
    public ulong Cas;
    public long ExpiresAt;
    public long LastAccess;
    public int KeyLength;
    public int ValueLength;
    public int Next;
    public uint Flags;
    public ItemType Type;
    public StringForm Form;
    public bool WasRead;

    public readonly ReadOnlySpan<byte> Key => Data.AsSpan(0, KeyLength);

    public readonly ReadOnlySpan<byte> Value => Data.AsSpan(KeyLength, ValueLength);

    public readonly bool IsExpired(long now) =>
        (ExpiresAt != 0 && ExpiresAt <= now) || ShardCollections.IsOver(Type, Value, now);

    public readonly ItemView View() => new()
    {
        Value = Value,
        Flags = Flags,
        Type = Type,
        Form = Form,
        Cas = Cas,
        ExpiresAt = ExpiresAt,
        LastAccess = LastAccess,
        WasRead = WasRead,
    };
}
