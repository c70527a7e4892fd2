using System.Buffers;
using System.Buffers.Text;

namespace SessionGateway.Protocols.Rdb;

/// <summary>A string as it stands in the input.</summary>
internal readonly ref struct RdbString
{
    // Longer arrays go back to the system, not to the pool.
    private const int MostPooledBytes = 1 << 20;

    /// <summary>How it is written.</summary>
    public RdbStringForm Form { get; init; }

    /// <summary>Its bytes, or its compressed ones.</summary>
    public ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>The number.</summary>
    public int Number { get; init; }

    /// <summary>Bytes of a compressed one.</summary>
    public int Length { get; init; }

    /// <summary>Gives a buffer back.</summary>
    public static void Return(byte[] buffer)
    {
        if (buffer.Length <= MostPooledBytes)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Gives the bytes, made in a buffer where the input does not have them.</summary>
    /// <param name="buffer">From the shared pool; replaced by a longer one when it is too short.</param>
    /// <param name="bytes">The bytes, valid until the buffer's next use.</param>
    /// <returns>False when the compression is damaged.</returns>
    public bool TryExpand(ref byte[] buffer, out ReadOnlySpan<byte> bytes)
    {
        bytes = Raw;
        if (Form == RdbStringForm.Plain)
        {
            return true;
        }

        const int mostDigits = 11;
        int room = Form == RdbStringForm.Number ? mostDigits : Length;
        if (buffer.Length < room)
        {
            Return(buffer);
            buffer = room > MostPooledBytes ? new byte[room] : ArrayPool<byte>.Shared.Rent(room);
        }

        if (Form == RdbStringForm.Number)
        {
            Utf8Formatter.TryFormat(Number, buffer, out int digits);
            bytes = buffer.AsSpan(0, digits);
            return true;
        }

        bytes = buffer.AsSpan(0, Length);
        return LzfDecompression.TryFill(Raw, buffer.AsSpan(0, Length));
    }
}
