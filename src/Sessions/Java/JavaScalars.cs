using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;
using SessionGateway.Sessions.Tree.Storage;
using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>Writes single values as the JDK's value classes. All methods give false where the output is full.</summary>
internal sealed class JavaScalars(SessionTree tree, OutBuffer output, JavaObjectWriter writer)
{
    public bool Write(in Node node) => node.Kind switch
    {
        NodeKind.Int64 => Number(node.Value, node.Hint),
        NodeKind.Bytes => Bytes(node),
        NodeKind.Boolean => Byte(JavaType.Boolean, (byte)node.Value),
        NodeKind.Double when node.Hint == SessionHint.Float32 => Float(BitConverter.Int64BitsToDouble(node.Value)),
        NodeKind.Double => Wide(JavaType.Double, (ulong)node.Value),
        _ => Null(),
    };

    public bool Integer(int value)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.Integer, out _))
        {
            return false;
        }

        output.UInt32((uint)value);
        return true;
    }

    /// <summary>Writes a primitive field or array element. Gives false where the value is not of its type.</summary>
    public static bool Primitive(OutBuffer output, in Node node, byte type)
    {
        switch (type)
        {
            case (byte)'Z' when node.Kind == NodeKind.Boolean:
                output.Byte((byte)node.Value);
                return true;
            case (byte)'B' when node.Kind == NodeKind.Int64 && node.Value == (sbyte)node.Value:
                output.Byte((byte)node.Value);
                return true;
            case (byte)'S' when node.Kind == NodeKind.Int64 && node.Value == (short)node.Value:
            case (byte)'C' when node.Kind == NodeKind.Int64 && node.Value == (ushort)node.Value:
                output.UInt16((int)node.Value);
                return true;
            case (byte)'I' when node.Kind == NodeKind.Int64 && node.Value == (int)node.Value:
                output.UInt32((uint)node.Value);
                return true;
            case (byte)'J' when node.Kind == NodeKind.Int64:
            case (byte)'D' when node.Kind == NodeKind.Double:
                output.UInt64((ulong)node.Value);
                return true;
            case (byte)'F' when node.Kind == NodeKind.Double:
                output.UInt32(BitConverter.SingleToUInt32Bits((float)BitConverter.Int64BitsToDouble(node.Value)));
                return true;
            default:
                return false;
        }
    }

    private bool Null()
    {
        if (!output.Ensure(1))
        {
            return false;
        }

        output.Byte(JavaToken.Null);
        return true;
    }

    private bool Number(long value, SessionHint hint)
    {
        switch (hint)
        {
            case SessionHint.Int8 when value == (sbyte)value:
                return Byte(JavaType.Byte, (byte)value);
            case SessionHint.Int16 when value == (short)value:
                return Short(JavaType.Short, (ushort)value);
            case SessionHint.Int64:
                return Wide(JavaType.Long, (ulong)value);
            default:
                return value == (int)value ? Integer((int)value) : Wide(JavaType.Long, (ulong)value);
        }
    }

    private bool Byte(JavaType type, byte value)
    {
        if (!writer.Begin(JavaToken.Object, type, out _))
        {
            return false;
        }

        output.Byte(value);
        return true;
    }

    private bool Short(JavaType type, ushort value)
    {
        if (!writer.Begin(JavaToken.Object, type, out _))
        {
            return false;
        }

        output.UInt16(value);
        return true;
    }

    private bool Wide(JavaType type, ulong value)
    {
        if (!writer.Begin(JavaToken.Object, type, out _))
        {
            return false;
        }

        output.UInt64(value);
        return true;
    }

    private bool Float(double value)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.Float, out _))
        {
            return false;
        }

        output.UInt32(BitConverter.SingleToUInt32Bits((float)value));
        return true;
    }

    private bool Bytes(in Node node)
    {
        ReadOnlySpan<byte> bytes = tree.Range(node.Value);
        switch (node.Hint)
        {
            case SessionHint.Text:
                return writer.Text(node.Value);
            case SessionHint.Character when TryUnit(bytes, out ushort unit):
                return Short(JavaType.Character, unit);
            case SessionHint.Instant when TryTime(bytes, out long time):
                return Date(time);
            case SessionHint.Uuid when Guid.TryParse(Encoding.UTF8.GetString(bytes), out Guid id):
                return Uuid(id);
            case SessionHint.BigInteger when JavaNumbers.TryParse(Encoding.UTF8.GetString(bytes),
                out BigInteger number):
                return BigInteger(number);
            case SessionHint.BigDecimal when JavaNumbers.TryParseScaled(Encoding.UTF8.GetString(bytes),
                out BigInteger digits,
                out int scale):
                return BigDecimal(digits, scale);
            default:
                return node.Hint is not (SessionHint.Binary or SessionHint.CustomData) && Utf8.IsValid(bytes)
                    ? writer.Text(node.Value)
                    : ByteArray(bytes);
        }
    }

    private bool ByteArray(ReadOnlySpan<byte> bytes)
    {
        if (!writer.Begin(JavaToken.Array, JavaType.Bytes, out _) || !output.Ensure(bytes.Length + 8))
        {
            return false;
        }

        output.UInt32((uint)bytes.Length);
        output.Write(bytes);
        return true;
    }

    /// <summary>The UTF-16 unit of a text that is exactly one, half pairs included.</summary>
    private static bool TryUnit(ReadOnlySpan<byte> text, out ushort unit)
    {
        unit = text.Length switch
        {
            1 => text[0],
            2 => (ushort)(((text[0] & 0x1f) << 6) | (text[1] & 0x3f)),
            3 => (ushort)(((text[0] & 0x0f) << 12) | ((text[1] & 0x3f) << 6) | (text[2] & 0x3f)),
            _ => 0,
        };
        Span<byte> again = stackalloc byte[3];
        return text.Length is > 0 and <= 3 && again[..ModifiedUtf8.Put(unit, again)].SequenceEqual(text);
    }

    private static bool TryTime(ReadOnlySpan<byte> text, out long milliseconds)
    {
        bool parsed = DateTimeOffset.TryParseExact(
            Encoding.UTF8.GetString(text),
            "yyyy-MM-dd'T'HH:mm:ss.fff'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out DateTimeOffset time);
        milliseconds = parsed ? time.ToUnixTimeMilliseconds() : 0;
        return parsed;
    }

    private bool Date(long milliseconds)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.Date, out _))
        {
            return false;
        }

        output.Byte(JavaToken.BlockData);
        output.Byte(8);
        output.UInt64((ulong)milliseconds);
        output.Byte(JavaToken.EndBlockData);
        return true;
    }

    private bool Uuid(Guid id)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.Uuid, out _))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        output.UInt64(BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        output.UInt64(BinaryPrimitives.ReadUInt64BigEndian(bytes));
        return true;
    }

    private bool BigInteger(System.Numerics.BigInteger value)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.BigInteger, out _))
        {
            return false;
        }

        // The four cached numbers: the JDK writes "not known" (-1, -1, -2, -2) and ignores them on reading.
        output.UInt32(unchecked((uint)-1));
        output.UInt32(unchecked((uint)-1));
        output.UInt32(unchecked((uint)-2));
        output.UInt32(unchecked((uint)-2));
        output.UInt32((uint)value.Sign);
        byte[] magnitude = value.IsZero
            ? [] : System.Numerics.BigInteger.Abs(value).ToByteArray(isUnsigned: true, isBigEndian: true);
        if (!ByteArray(magnitude) || !output.Ensure(1))
        {
            return false;
        }

        output.Byte(JavaToken.EndBlockData);
        return true;
    }

    private bool BigDecimal(System.Numerics.BigInteger digits, int scale)
    {
        if (!writer.Begin(JavaToken.Object, JavaType.BigDecimal, out _))
        {
            return false;
        }

        output.UInt32((uint)scale);
        if (!BigInteger(digits) || !output.Ensure(1))
        {
            return false;
        }

        output.Byte(JavaToken.EndBlockData);
        return true;
    }
}
