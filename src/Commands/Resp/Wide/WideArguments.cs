using System.Buffers.Text;
using System.Runtime.InteropServices;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Wide;

/// <summary>
/// A copy of a wide call's arguments, of which pieces are made: what has begun to write goes on to its end when its
/// client, and with it the request's bytes, are gone. Unmanaged memory; whoever makes one frees it.
/// </summary>
internal sealed class WideArguments(WideForm form)
{
    /// <summary>Elements of one piece, and its bytes: each of them takes a few microseconds.</summary>
    private const int ElementsPerPiece = 128;
    private const int BytesPerPiece = 256 << 10;

    // What is copied at once, in about a tenth of a millisecond.
    private const int BytesPerCopy = 1 << 20;

    private const int PlaceBytes = 2 * sizeof(int);

    // What says how many arguments a piece has: the numbers from 0 on, three bytes for each.
    private const int DigitsOfCount = 3;
    private const int CountBytes = (ElementsPerPiece + 1) * DigitsOfCount;

    private readonly RespArgument[] _places = new RespArgument[form.First + (ElementsPerPiece * form.Step)];
    private ByteQueue _bytes;
    private int _count;
    private int _copied;

    /// <summary>Arguments of the whole call.</summary>
    public int Count => _count;

    /// <summary>Bytes of memory that the copy of a request takes.</summary>
    public static long BytesOf(in RespRequest request) =>
        CountBytes + ((long)request.Count * PlaceBytes) + request.Bytes.Length;

    /// <summary>Copies some more.</summary>
    /// <returns>True when all is copied.</returns>
    public bool TryCopy(in RespRequest request)
    {
        if (_count == 0)
        {
            _count = request.Count;
            int head = (_count * PlaceBytes) + CountBytes;
            Span<byte> room = _bytes.GetSpan(head + request.Bytes.Length)[..head];
            request.Arguments.CopyTo(MemoryMarshal.Cast<byte, RespArgument>(room[..(_count * PlaceBytes)]));
            WriteCounts(room[^CountBytes..]);
            _bytes.Advance(head);
        }

        int size = Math.Min(BytesPerCopy, request.Bytes.Length - _copied);
        request.Bytes.Slice(_copied, size).CopyTo(_bytes.GetSpan(size));
        _bytes.Advance(size);
        _copied += size;
        return _copied == request.Bytes.Length;
    }

    /// <summary>The whole call.</summary>
    public RespRequest All => new(_bytes.Bytes[((_count * PlaceBytes) + CountBytes)..], Places);

    /// <summary>A call of the same command with the next arguments.</summary>
    /// <param name="next">The first of them; the first that the next piece has.</param>
    public RespRequest Piece(ref int next)
    {
        ReadOnlySpan<RespArgument> all = Places;
        int start = next, bytes = 0;
        int most = Math.Min(_count, start + (ElementsPerPiece * form.Step));
        while (next < most && bytes < BytesPerPiece)
        {
            for (int i = 0; i < form.Step; i++)
            {
                bytes += all[next++].Length;
            }
        }

        int length = 0;
        foreach (RespArgument place in all[..form.First])
        {
            _places[length++] = place with { Offset = place.Offset + CountBytes };
        }

        if (form.CountAt != 0)
        {
            int count = (next - start) / form.Step;
            _places[form.CountAt] = new RespArgument(count * DigitsOfCount, count < 10 ? 1 : count < 100 ? 2 : 3);
        }

        foreach (RespArgument place in all[start..next])
        {
            _places[length++] = place with { Offset = place.Offset + CountBytes };
        }

        return new RespRequest(_bytes.Bytes[(_count * PlaceBytes)..], _places.AsSpan(0, length));
    }

    /// <summary>Gives the memory back.</summary>
    public void Free() => _bytes.Free();

    private ReadOnlySpan<RespArgument> Places =>
        MemoryMarshal.Cast<byte, RespArgument>(_bytes.Bytes[..(_count * PlaceBytes)]);

    private static void WriteCounts(Span<byte> room)
    {
        for (int count = 0; count <= ElementsPerPiece; count++)
        {
            Utf8Formatter.TryFormat(count, room[(count * DigitsOfCount)..], out _);
        }
    }
}
