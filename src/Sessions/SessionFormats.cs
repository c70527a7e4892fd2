using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using SessionGateway.Sessions.AspNetCore;
using SessionGateway.Sessions.Igbinary;
using SessionGateway.Sessions.Java;
using SessionGateway.Sessions.Json;
using SessionGateway.Sessions.MessagePack;
using SessionGateway.Sessions.Php;
using SessionGateway.Sessions.Pickle;
using SessionGateway.Sessions.Tree.Storage;

namespace SessionGateway.Sessions;

/// <summary>The formats by name, and the recognition of a format from its bytes.</summary>
public static class SessionFormats
{
    /// <summary>PHP's default handler, <c>php</c>.</summary>
    public static ISessionFormat Php { get; } = new PhpFormat();

    /// <summary>PHP's handler <c>php_binary</c>.</summary>
    public static ISessionFormat PhpBinary { get; } = new PhpBinaryFormat();

    /// <summary>PHP's handler <c>php_serialize</c>.</summary>
    public static ISessionFormat PhpSerialize { get; } = new PhpSerializeFormat();

    /// <summary>One value of PHP's serialize(), of any kind: Laravel stores a string that holds another such
    /// value.</summary>
    public static ISessionFormat PhpValue { get; } = new PhpSerializeFormat(anyRoot: true);

    /// <summary>PHP's handler <c>igbinary</c>.</summary>
    public static ISessionFormat Igbinary { get; } = new IgbinaryFormat();

    /// <summary>MessagePack: PHP's handler <c>msgpack</c> (read), Flask-Session.</summary>
    public static ISessionFormat MessagePack { get; } = new MessagePackFormat();

    /// <summary>Tomcat's sessions by memcached-session-manager with its java transcoder, <c>msm-java</c>.</summary>
    public static ISessionFormat MsmJava { get; } = new MsmJavaFormat(TimeProvider.System);

    /// <summary>A Java object stream with one object, <c>java</c>: what Spring Session stores per attribute.</summary>
    public static ISessionFormat Java { get; } = new JavaFormat();

    /// <summary>ASP.NET Core's DistributedSession, <c>aspnetcore</c>.</summary>
    public static ISessionFormat AspNetCore { get; } =
        new AspNetCoreFormat(() => SystemBits.NextBytes(AspNetCoreSession.IdLength));

    /// <summary>Django's cache sessions, <c>django-pickle</c>.</summary>
    public static ISessionFormat DjangoPickle { get; } = new PickleFormat();

    /// <summary>JSON sessions, and the JSON view of any session, <c>json</c>.</summary>
    public static ISessionFormat Json { get; } = new JsonFormat();

    /// <summary>All formats that have a name of their own.</summary>
    public static IReadOnlyList<ISessionFormat> All { get; } =
        [Php, PhpBinary, PhpSerialize, Igbinary, MessagePack, MsmJava, Java, AspNetCore, DjangoPickle, Json];

    /// <summary>The format of a name; null where there is none.</summary>
    public static ISessionFormat? ByName(string name) => All.FirstOrDefault(format => format.Name == name);

    /// <summary>The format of a name.</summary>
    public static bool TryByName(string name, [NotNullWhen(true)] out ISessionFormat? format)
    {
        format = ByName(name);
        return format is not null;
    }

    /// <summary>
    /// Recognises a format: by its first bytes, and for the PHP handlers without any by reading all. Null where none
    /// fits. The forms are ambiguous by design (a php session may be made to look like others by what users type into
    /// it): configure the format where it is known, and use this to verify or to look.
    /// </summary>
    public static ISessionFormat? Detect(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return Php;
        }

        var limits = new SessionLimits { MaxNameBytes = int.MaxValue, MaxBytes = int.MaxValue };
        var tree = new SessionTree();
        foreach (ISessionFormat format in Candidates(bytes))
        {
            if (format.TryDecode(bytes, tree, limits, out SessionError error) || IsTooMuch(error.Code))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>An error that says the bytes were of this format as far as they were read.</summary>
    private static bool IsTooMuch(SessionErrorCode code) =>
        code is SessionErrorCode.TooDeep or SessionErrorCode.TooManyNodes;

    private static IReadOnlyList<ISessionFormat> Candidates(ReadOnlySpan<byte> bytes)
    {
        uint word = bytes.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : uint.MaxValue;
        return bytes[0] switch
        {
            0 when word is IgbinaryFormat.Version1 or IgbinaryFormat.Version2 => [Igbinary],
            0 when word >> 16 is 1 or 2 => [MsmJava, PhpBinary],
            2 => [AspNetCore, PhpBinary, Php],
            0xac when word == 0xaced0005 => [Java],
            0x80 when bytes.Length > 1 && bytes[1] is > 0 and <= PickleOp.HighestProtocol =>
                [DjangoPickle, MessagePack],
            >= 0x80 and <= 0x90 or 0xde or 0xdf => [MessagePack, PhpBinary, Php],
            (byte)'{' => [Json, Php, PhpBinary],
            (byte)'a' when bytes.Length > 2 && bytes[1] == ':' => [PhpSerialize, Php],
            _ => [Php, PhpBinary, Json],
        };
    }
}
