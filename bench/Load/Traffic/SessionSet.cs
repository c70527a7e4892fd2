using System.Buffers.Binary;
using System.Text;

namespace SessionGateway.Bench.Load.Traffic;

/// <summary>
/// Sessions whose lengths differ: keys of 40 bytes, values of <see cref="SessionLengths"/> or of one fixed length.
/// Equal seeds give equal sessions, versions and lengths, so every server of a run gets the same.
/// </summary>
/// <remarks>
/// A value is its session's number and version (4 bytes each) and a slice of one block of random bytes that begins
/// where both say: nothing to gain for a server that compresses, and each value can be checked to the last byte.
/// </remarks>
internal sealed class SessionSet
{
    public const int KeyBytes = 40;
    public const string KeyPrefix = "memc.sess.key.";

    private const int HeaderBytes = 8;
    private const int SliceStarts = 1 << 20;

    private readonly byte[] _keys;
    private readonly int[] _lengths;
    private readonly ushort[] _versions;
    private readonly byte[] _block = new byte[SliceStarts + SessionLengths.Most];
    private readonly int _stride;
    private XorShift _random;

    /// <param name="count">Sessions.</param>
    /// <param name="fixedLength">Bytes of every value; 0: drawn.</param>
    /// <param name="seed">Where randomness begins.</param>
    public SessionSet(int count, int fixedLength = 0, ulong seed = 1)
    {
        if (fixedLength is (> 0 and < HeaderBytes) or > SessionLengths.Most)
            throw new LoadException($"values of {fixedLength} B: {HeaderBytes} to {SessionLengths.Most} expected");
        (Count, FixedLength) = (count, fixedLength);
        (_lengths, _versions) = (new int[count], new ushort[count]);
        _keys = new byte[count * KeyBytes];
        _random = new XorShift(seed);
        _random.Fill(_block);
        for (int key = 0; key < count; key++)
        {
            Span<byte> name = _keys.AsSpan(key * KeyBytes, KeyBytes);
            Encoding.ASCII.GetBytes(KeyPrefix, name);
            foreach (ref byte c in name[KeyPrefix.Length..])
                c = "0123456789abcdefghijklmnopqrstuv"u8[(int)(_random.Next() >> 59)];
        }

        // The golden section spreads neighbours far apart; without a common factor every session comes once.
        for (_stride = (int)(count * 0.618) | 1; Divisor(_stride, count) != 1; _stride += 2)
        {
        }
    }

    public int Count { get; }

    public int FixedLength { get; }

    /// <summary>Bytes of the keys and values that were written.</summary>
    public long PayloadBytes
    {
        get
        {
            long bytes = 0;
            for (int key = 0; key < Count; key++)
                bytes += _versions[key] == 0 ? 0 : _lengths[key] + KeyBytes;
            return bytes;
        }
    }

    public ReadOnlySpan<byte> Key(int session) => _keys.AsSpan(session * KeyBytes, KeyBytes);

    public int LengthOf(int session) => _lengths[session];

    /// <summary>Each session once, in their order.</summary>
    public IEnumerable<SessionRequest> WriteFirst(int first, int count)
    {
        for (int session = first; session < first + count; session++)
        {
            Renew(session, newLength: true);
            yield return new SessionRequest(true, session);
        }
    }

    /// <summary>Each session once, in an order that has nothing to do with that of the first writing.</summary>
    public IEnumerable<SessionRequest> Rewrite(bool newLengths)
    {
        for (int n = 0; n < Count; n++)
        {
            int session = Spread(n);
            Renew(session, newLengths);
            yield return new SessionRequest(true, session);
        }
    }

    /// <summary>
    /// Each session written once; every so many of them read again when <paramref name="later"/> others were written.
    /// </summary>
    public IEnumerable<SessionRequest> WriteWithReturns(int every, int later)
    {
        for (int session = 0; session < Count + later; session++)
        {
            if (session < Count)
            {
                Renew(session, newLength: true);
                yield return new SessionRequest(true, session);
            }

            if (session >= later && (session - later) % every == 0)
                yield return new SessionRequest(false, session - later);
        }
    }

    /// <summary>Of the first <paramref name="count"/> sessions each, or one of every so many, once.</summary>
    public static IEnumerable<SessionRequest> Read(int count, int every = 1)
    {
        for (int session = 0; session < count; session += every)
            yield return new SessionRequest(false, session);
    }

    /// <summary>Writes the session's newest value; the room is as long as <see cref="LengthOf"/> says.</summary>
    public void CopyValue(Span<byte> destination, int session)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, session);
        BinaryPrimitives.WriteInt32LittleEndian(destination[4..], _versions[session]);
        Slice(session).CopyTo(destination[HeaderBytes..]);
    }

    /// <summary>True when this is the session's newest value, to the last byte.</summary>
    public bool IsNewest(ReadOnlySpan<byte> value, int session) =>
        value.Length == _lengths[session]
        && BinaryPrimitives.ReadInt32LittleEndian(value) == session
        && BinaryPrimitives.ReadInt32LittleEndian(value[4..]) == _versions[session]
        && value[HeaderBytes..].SequenceEqual(Slice(session));

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);

    private int Spread(int n) => (int)((long)n * _stride % Count);

    private void Renew(int session, bool newLength)
    {
        _versions[session]++;
        if (newLength)
            _lengths[session] = FixedLength > 0 ? FixedLength : SessionLengths.Draw(_random.Next());
    }

    private ReadOnlySpan<byte> Slice(int session)
    {
        uint start = (((uint)session * 2_654_435_761) + (_versions[session] * 40_503u)) >> 8 & (SliceStarts - 1);
        return _block.AsSpan((int)start, _lengths[session] - HeaderBytes);
    }
}
