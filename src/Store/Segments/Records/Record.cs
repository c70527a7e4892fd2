using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SessionGateway.Store.Collections;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// An item in memory. Records start at multiples of eight bytes and follow each other without a gap:
/// <code>
///  0  8  shape: value length 30 bits, key length 16, type 8, marks (see Flag constants)
///  8  8  cas unique
/// 16  8  expiry, Unix milliseconds, 0 = never
/// 24  4  last access, Unix time in steps of 64 ms, low 32 bits
/// 28  4  client flags, only when they are not 0
///     .  key, value; in debug builds 8 bytes canary; padding
/// </code>
/// A dead record keeps only its first word: its length in bytes in the low 46 bits.
/// </summary>
internal readonly unsafe struct Record(byte* address)
{
    /// <summary>Bytes before the key, without client flags.</summary>
    public const int HeaderBytes = 28;

    /// <summary>Longest value: 30 bits.</summary>
    public const int MaxValueBytes = (1 << 30) - 1;

    /// <summary>Steps of the last access, as a shift of milliseconds.</summary>
    public const int AccessShift = 6;

    /// <summary>Smallest record; what a hole must have to be marked as one.</summary>
    public const int Alignment = 8;

    private const int KeyShift = 30;
    private const int TypeShift = 46;
    private const ulong HasFlags = 1UL << 54;
    private const ulong ReadMark = 1UL << 55;
    private const ulong AnonymousMark = 1UL << 56;
    private const ulong EpochMark = 1UL << 57;
    private const ulong CompressedMark = 1UL << 58;
    private const int FormShift = 59; // two bits
    private const ulong LiveMark = 1UL << 62;
    private const ulong DeadMark = 1UL << 63;
    private const ulong LengthMask = (1UL << 46) - 1;

    /// <summary>Where the record starts.</summary>
    public byte* Address { get; } = address;

    public bool IsNone => Address == null;

    public bool IsLive => (Shape & LiveMark) != 0;

    public bool IsDead => (Shape & DeadMark) != 0;

    public int ValueLength => (int)(Shape & MaxValueBytes);

    public int KeyLength => (int)((Shape >> KeyShift) & ushort.MaxValue);

    public ItemType Type => (ItemType)(byte)(Shape >> TypeShift);

    /// <summary>Read since it was written.</summary>
    public bool WasRead => (Shape & ReadMark) != 0;

    /// <summary>Written once under a prefix whose sessions are anonymous until they are seen again.</summary>
    public bool IsAnonymous => (Shape & AnonymousMark) != 0;

    /// <summary>Side of the point in time of the running snapshot: it changes meaning with each one.</summary>
    public bool Epoch => (Shape & EpochMark) != 0;

    /// <summary>The value's bytes are those of <see cref="Compression.ValueCodec"/>.</summary>
    public bool IsCompressed => (Shape & CompressedMark) != 0;

    /// <summary>How a string came about.</summary>
    public StringForm Form => (StringForm)((Shape >> FormShift) & 3);

    public ulong Cas => *(ulong*)(Address + 8);

    public long ExpiresAt => *(long*)(Address + 16);

    public uint Flags => (Shape & HasFlags) != 0 ? *(uint*)(Address + HeaderBytes) : 0;

    public ReadOnlySpan<byte> Key => new(Address + KeyOffset, KeyLength);

    public byte* ValueAddress => Address + KeyOffset + KeyLength;

    public ReadOnlySpan<byte> Value => new(ValueAddress, ValueLength);

    /// <summary>Bytes of the record with its padding, live or dead.</summary>
    public int Length => IsDead ? (int)(Shape & LengthMask) : LengthOf(KeyLength, ValueLength, (Shape & HasFlags) != 0);

    private bool IsOver(long now) => CollectionHead.LastOf(Value) <= (ulong)now;

    private ref ulong Shape => ref *(ulong*)Address;

    private int KeyOffset => HeaderBytes + ((Shape & HasFlags) != 0 ? 4 : 0);

    /// <summary>Bytes that an item needs.</summary>
    public static int LengthOf(int keyLength, int valueLength, bool hasFlags) =>
        (HeaderBytes + (hasFlags ? 4 : 0) + keyLength + valueLength + DebugGuards.CanaryBytes + (Alignment - 1))
        & -Alignment;

    /// <summary>Bytes of this record with a value of another length.</summary>
    public int LengthWith(int valueLength) => LengthOf(KeyLength, valueLength, (Shape & HasFlags) != 0);

    /// <summary>Where a value of this length is written.</summary>
    public Span<byte> ValueSpan(int length) => new(ValueAddress, length);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool HasKey(ReadOnlySpan<byte> key) => KeyLength == key.Length && Key.SequenceEqual(key);

    /// <summary>Whether its time is over, or that of the last field of a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsExpired(long now)
    {
        long expiresAt = ExpiresAt;
        return (expiresAt != 0 && expiresAt <= now) || (Type == ItemType.Hash && IsOver(now));
    }

    /// <summary>Whether it is a hash that ends with its last field, before its own time.</summary>
    public bool EndsWithFields => Type == ItemType.Hash
        && CollectionHead.LastOf(Value) < (ExpiresAt == 0 ? Child.NeverDue : (ulong)ExpiresAt);

    /// <summary>When upkeep has to look at it: its expiry, or the first one of a field; 0 = never.</summary>
    public long DueAt
    {
        get
        {
            long expiresAt = ExpiresAt;
            ulong due = Type == ItemType.Hash ? CollectionHead.DueOf(Value) : Child.NeverDue;
            return due == Child.NeverDue || (expiresAt != 0 && (ulong)expiresAt <= due) ? expiresAt : (long)due;
        }
    }

    /// <summary>Whether fields of a hash are over.</summary>
    public bool HasDueFields(long now) =>
        Type == ItemType.Hash && CollectionHead.DueOf(Value) <= (ulong)now;

    /// <summary>Unix milliseconds of the last access, to 64 ms, right within four years of <paramref
    /// name="now"/>.</summary>
    public long LastAccess(long now)
    {
        uint steps = *(uint*)(Address + 24);
        int age = (int)((uint)(now >> AccessShift) - steps);
        return ((now >> AccessShift) - age) << AccessShift;
    }

    /// <summary>The record as its reader sees it.</summary>
    /// <param name="value">The value, expanded if it is compressed.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <param name="hiddenBytes">Bytes of the value that the reader does not want to see.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ItemView View(ReadOnlySpan<byte> value, long now, int hiddenBytes = 0) => new()
    {
        Value = value,
        HiddenBytes = hiddenBytes,
        Flags = Flags,
        Type = Type,
        Form = Form,
        Cas = Cas,
        ExpiresAt = ExpiresAt,
        LastAccess = LastAccess(now),
        WasRead = WasRead,
        IsAnonymous = IsAnonymous,
    };

    /// <summary>Notes an access.</summary>
    public void NoteAccess(long now) => *(uint*)(Address + 24) = (uint)(now >> AccessShift);

    /// <summary>Notes that the value was read.</summary>
    public void NoteRead(long now)
    {
        NoteAccess(now);
        Shape |= ReadMark;
    }

    /// <summary>Sets what the policies go by.</summary>
    public void SetMarks(in ItemMarks marks)
    {
        NoteAccess(marks.LastAccess);
        Shape = (Shape & ~(ReadMark | AnonymousMark))
            | (marks.WasRead ? ReadMark : 0) | (marks.IsAnonymous ? AnonymousMark : 0);
    }

    /// <summary>Writes shape and key of a new record. The value follows by the caller, then <see
    /// cref="SetAttributes"/>.</summary>
    public void Create(ReadOnlySpan<byte> key, bool hasFlags)
    {
        Debug.Assert((nuint)Address % Alignment == 0, "records start at multiples of eight bytes");
        Debug.Assert(key.Length <= ItemStore.MaxKeyBytes, "the key's length does not fit the shape");
        Shape = LiveMark | (hasFlags ? HasFlags : 0) | ((ulong)key.Length << KeyShift);
        key.CopyTo(new Span<byte>(Address + KeyOffset, key.Length));
    }

    /// <summary>True when an item with these client flags can stay in this record.</summary>
    public bool HasRoomForFlags(uint flags) => flags == 0 || (Shape & HasFlags) != 0;

    /// <summary>Sets all but the key and the bytes of the value.</summary>
    public void SetAttributes(
        in StoredValue value, in ItemAttributes attributes, long now, bool isAnonymous, bool epoch)
    {
        Debug.Assert(IsLive && (uint)value.Length <= MaxValueBytes, "the value's length does not fit the shape");
        Debug.Assert(attributes.Flags == 0 || (Shape & HasFlags) != 0, "the record has no room for client flags");
        const ulong kept = LiveMark | HasFlags | ((ulong)ushort.MaxValue << KeyShift);
        Shape = (Shape & kept) | (uint)value.Length | ((ulong)attributes.Type << TypeShift)
            | (value.IsCompressed ? CompressedMark : 0) | (isAnonymous ? AnonymousMark : 0) | (epoch ? EpochMark : 0)
            | ((ulong)attributes.Form << FormShift);
        *(ulong*)(Address + 8) = attributes.Cas;
        SetExpiry(attributes.ExpiresAt);
        NoteAccess(now);
        if ((Shape & HasFlags) != 0)
        {
            *(uint*)(Address + HeaderBytes) = attributes.Flags;
        }

        if (DebugGuards.Enabled)
        {
            SetCanary();
        }
    }

    public void SetExpiry(long expiresAt)
    {
        Debug.Assert(expiresAt >= 0, "an expiry before 1970");
        *(long*)(Address + 16) = expiresAt;
    }

    public void SetCas(ulong cas) => *(ulong*)(Address + 8) = cas;

    /// <summary>The client saw the session again.</summary>
    public void ClearAnonymous() => Shape &= ~AnonymousMark;

    public void SetEpoch(bool epoch) => Shape = (Shape & ~EpochMark) | (epoch ? EpochMark : 0);

    /// <summary>Turns <paramref name="length"/> bytes from here into a dead record.</summary>
    public void MarkDead(int length)
    {
        Debug.Assert(length > 0 && length % Alignment == 0, "a hole is whole steps of eight bytes");
        Shape = DeadMark | (uint)length;
    }

    /// <summary>Copies the record to another place.</summary>
    public void CopyTo(byte* target)
    {
        Debug.Assert(IsLive && IsCanaryIntact(), "something wrote over the end of the value");
        Buffer.MemoryCopy(Address, target, Length, Length);
        if (DebugGuards.Enabled)
        {
            new Record(target).SetCanary();
        }
    }

    /// <summary>False when something wrote over the end of the record's value (debug builds).</summary>
    public bool IsCanaryIntact() =>
        !DebugGuards.Enabled || MemoryMarshal.Read<ulong>(CanarySpan) == DebugGuards.CanaryOf((nint)Address);

    private void SetCanary() => MemoryMarshal.Write(CanarySpan, DebugGuards.CanaryOf((nint)Address));

    private Span<byte> CanarySpan => new(ValueAddress + ValueLength, DebugGuards.CanaryBytes);
}
