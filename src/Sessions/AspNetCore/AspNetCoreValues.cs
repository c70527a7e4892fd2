using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text.Unicode;
using SessionGateway.Sessions.Json;
using SessionGateway.Sessions.Php;

namespace SessionGateway.Sessions;

/// <summary>
/// The bridge between typed values and the byte arrays of ASP.NET Core's <c>ISession</c>: text is UTF-8 (GetString), an
/// integer in the range of Int32 is 4 bytes big-endian (GetInt32), a larger one decimal text, other scalars and lists
/// and maps JSON.
/// </summary>
public static class AspNetCoreValues
{
    /// <summary>The bytes of a value; null where there is none (null, objects).</summary>
    public static byte[]? ToBytes(SessionValue value)
    {
        switch (value.Exists ? value.Kind : SessionKind.Null)
        {
            case SessionKind.Bytes:
                return value.AsBytes().ToArray();
            case SessionKind.Int64 when value.AsInt64() == (int)value.AsInt64():
                byte[] four = new byte[4];
                BinaryPrimitives.WriteInt32BigEndian(four, (int)value.AsInt64());
                return four;
            case SessionKind.Int64 or SessionKind.Boolean or SessionKind.Double:
                return Scalar(value);
            case SessionKind.Map:
                var copy = new SessionTree();
                copy.Root.Set(value);
                return JsonFormat.AnyRoot.TryEncode(copy, out byte[]? json) ? json : null;
            default:
                return null;
        }
    }

    /// <summary>
    /// Sets a place from bytes, as the kind it has already where the bytes allow that: 4 bytes or digits become an
    /// integer again, JSON a list or map. Anything else is text where it is UTF-8, else bytes. A new place cannot tell
    /// SetInt32 from four characters: use the typed setters there.
    /// </summary>
    public static void FromBytes(SessionValue place, ReadOnlySpan<byte> bytes)
    {
        switch (place.Kind)
        {
            case SessionKind.Int64 when bytes.Length == 4:
                place.Set(BinaryPrimitives.ReadInt32BigEndian(bytes), place.Hint);
                return;
            case SessionKind.Int64 when Utf8Parser.TryParse(bytes, out long number, out int used)
                && used == bytes.Length:
                place.Set(number, place.Hint);
                return;
            case SessionKind.Boolean when bytes.SequenceEqual("true"u8) || bytes.SequenceEqual("false"u8):
                place.Set(bytes.Length == 4);
                return;
            case SessionKind.Double when Utf8Parser.TryParse(bytes, out double real, out int used)
                && used == bytes.Length:
                place.Set(real, place.Hint);
                return;
            case SessionKind.Map when bytes.Length > 0 && bytes[0] is (byte)'[' or (byte)'{':
                var parsed = new SessionTree();
                if (JsonFormat.AnyRoot.TryDecode(bytes, parsed, SessionLimits.Default, out _))
                {
                    place.Set(parsed.Root);
                    return;
                }

                break;
            default:
                break;
        }

        place.Set(bytes, Utf8.IsValid(bytes) ? SessionHint.None : SessionHint.Binary);
    }

    private static byte[] Scalar(SessionValue value)
    {
        Span<byte> text = stackalloc byte[PhpDouble.MaxLength];
        int length;
        switch (value.Kind)
        {
            case SessionKind.Int64:
                Utf8Formatter.TryFormat(value.AsInt64(), text, out length);
                break;
            case SessionKind.Boolean:
                return value.AsBoolean() ? "true"u8.ToArray() : "false"u8.ToArray();
            default:
                value.AsDouble().TryFormat(text, out length, default,
                    System.Globalization.CultureInfo.InvariantCulture);
                break;
        }

        return text[..length].ToArray();
    }
}
