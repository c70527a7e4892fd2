using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using SessionGateway.Sessions.Envelopes;
using SessionGateway.Sessions.Igbinary;
using SessionGateway.Sessions.Json;
using SessionGateway.Sessions.MessagePack;
using SessionGateway.Sessions.Php;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>
/// Items that php-memcached's <c>Memcached::set</c> wrote (Symfony's and Laravel's memcached sessions; PHP's own
/// memcached session handler stores session_encode() bytes with flags 0 instead). The item's flags: bits 0-3 the type,
/// 10 compressed, 20 zlib, 40 fastlz, 80 zstd. A compressed value is its length, 4 bytes little-endian, and the stream.
/// </summary>
public static class PhpMemcachedItem
{
    private const uint TypeMask = 0x0f;
    private const uint TypeString = 0;
    private const uint TypeLong = 1;
    private const uint TypeDouble = 2;
    private const uint TypeBool = 3;
    private const uint TypePhp = 4;
    private const uint TypeIgbinary = 5;
    private const uint TypeJson = 6;
    private const uint TypeMsgpack = 7;

    private const uint Compressed = 0x10;
    private const uint CompressedZlib = 0x20;
    private const uint CompressedFastLz = 0x40;
    private const uint CompressedZstd = 0x80;

    private const int LengthPrefix = 4;

    /// <summary>Undoes the compression that the flags tell of. The rest of the flags still says what the plain bytes
    /// are.</summary>
    public static bool TryUnwrap(ReadOnlySpan<byte> bytes, uint flags, SessionLimits limits, out byte[] plain,
        out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(limits);
        plain = [];
        error = default;
        if ((flags & Compressed) == 0)
        {
            plain = bytes.ToArray();
            return true;
        }

        if ((flags & CompressedZstd) != 0)
        {
            error = new SessionError(SessionErrorCode.Unsupported, 0,
                "zstd compression: set memcached.compression_type to fastlz or zlib");
            return false;
        }

        if (bytes.Length < LengthPrefix || (flags & (CompressedZlib | CompressedFastLz)) == 0)
        {
            error = bytes.Length < LengthPrefix
                ? new SessionError(SessionErrorCode.Truncated, bytes.Length)
                : new SessionError(SessionErrorCode.Unsupported, 0, "a compression without a known type");
            return false;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length > (uint)Expansion.Limit(bytes.Length, limits))
        {
            error = new SessionError(SessionErrorCode.Expansion, 0);
            return false;
        }

        ReadOnlySpan<byte> stream = bytes[LengthPrefix..];
        if ((flags & CompressedZlib) != 0)
        {
            plain = Zlib.Decompress(stream, (int)length, out _) ?? [];
        }
        else
        {
            plain = new byte[length];
            plain = FastLz.TryDecompress(stream, plain) ? plain : [];
        }

        if (plain.Length != length)
        {
            error = new SessionError(SessionErrorCode.BadLength, 0,
                "a compressed value of another length than it says");
            plain = [];
        }

        return error.IsNone;
    }

    /// <summary>Reads an item into a tree whose root is the value, of whatever kind.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, uint flags, SessionTree tree, SessionLimits limits,
        out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(tree);
        tree.Clear();
        if (!TryUnwrap(bytes, flags, limits, out byte[]? plain, out error))
        {
            return false;
        }

        switch (flags & TypeMask)
        {
            case TypePhp:
                return new PhpSerializeFormat(anyRoot: true).TryDecode(plain, tree, limits, out error);
            case TypeIgbinary:
                return new IgbinaryFormat(anyRoot: true).TryDecode(plain, tree, limits, out error);
            case TypeJson:
                return JsonFormat.AnyRoot.TryDecode(plain, tree, limits, out error);
            case TypeMsgpack:
                return new MessagePackFormat(anyRoot: true).TryDecode(plain, tree, limits, out error);
            case TypeString:
                tree.Root.Set(plain);
                return true;
            default:
                return TryScalar(plain, flags & TypeMask, tree, out error);
        }
    }

    /// <summary>Writes the root uncompressed as <c>Memcached::set</c> would with a serializer; gives the item's
    /// flags.</summary>
    public static bool TryEncode(
        SessionTree tree, PhpMemcachedSerializer serializer, IBufferWriter<byte> output, SessionEncodeOptions options,
        out uint flags, out SessionError error)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        error = default;
        flags = TypeString;
        SessionValue root = tree.Root;
        Span<byte> text = stackalloc byte[PhpDouble.MaxLength];
        int length = 0;
        switch (root.Kind)
        {
            case SessionKind.Bytes:
                output.Write(root.AsBytes());
                return true;
            case SessionKind.Int64:
                flags = TypeLong;
                Utf8Formatter.TryFormat(root.AsInt64(), text, out length);
                break;
            case SessionKind.Double:
                flags = TypeDouble;
                length = PhpDouble.Format(root.AsDouble(), text);
                break;
            case SessionKind.Boolean:
                flags = TypeBool;
                text[0] = (byte)'1';
                length = root.AsBoolean() ? 1 : 0;
                break;
            case SessionKind.Null or SessionKind.Map or SessionKind.Object or SessionKind.Undefined:
            default:
                flags = serializer == PhpMemcachedSerializer.Igbinary ? TypeIgbinary : TypePhp;
                ISessionFormat format = flags == TypeIgbinary ? new IgbinaryFormat() : new PhpSerializeFormat();
                return format.TryEncode(tree, output, options, out error);
        }

        output.Write(text[..length]);
        return true;
    }

    private static bool TryScalar(ReadOnlySpan<byte> plain, uint type, SessionTree tree, out SessionError error)
    {
        error = default;
        switch (type)
        {
            case TypeLong when Utf8Parser.TryParse(plain, out long integer, out int used) && used == plain.Length:
                tree.Root.Set(integer);
                return true;
            case TypeDouble when IsDouble(plain, out double real):
                tree.Root.Set(real);
                return true;
            case TypeBool when plain.IsEmpty || (plain.Length == 1 && plain[0] == '1'):
                tree.Root.Set(!plain.IsEmpty);
                return true;
            default:
                bool known = type <= TypeMsgpack;
                error = new SessionError(known ? SessionErrorCode.Syntax : SessionErrorCode.Unsupported, 0,
                    "an item of this type");
                return false;
        }
    }

    /// <summary>php-memcached writes doubles with PHP's conversion, infinities as words.</summary>
    private static bool IsDouble(ReadOnlySpan<byte> text, out double value)
    {
        if (text.SequenceEqual("inf"u8) || text.SequenceEqual("INF"u8))
        {
            value = double.PositiveInfinity;
            return true;
        }

        if (text.SequenceEqual("-inf"u8) || text.SequenceEqual("-INF"u8))
        {
            value = double.NegativeInfinity;
            return true;
        }

        if (text.SequenceEqual("nan"u8) || text.SequenceEqual("NAN"u8))
        {
            value = double.NaN;
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }
}
