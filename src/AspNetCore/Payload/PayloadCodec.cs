using System.Buffers;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.Payload;

/// <summary>Bytes of the store to values and back.</summary>
internal sealed class PayloadCodec
{
    private static readonly ISessionFormat[] Serializers =
        [SessionFormats.Igbinary, SessionFormats.PhpSerialize, SessionFormats.MessagePack, SessionFormats.Php,
            SessionFormats.PhpBinary];

    private readonly SharedSessionOptions _options;
    private readonly ISessionFormat _configured;
    private readonly SessionEncodeOptions _encode;

    public PayloadCodec(SharedSessionOptions options)
    {
        _options = options;
        _configured = options.Layout.Format is { } name
            ? SessionFormats.ByName(name)
                ?? throw new ArgumentException($"There is no session format {name}.", nameof(options))
            : FormatOf(options.Serializer);
        _encode = new SessionEncodeOptions { Limits = options.Limits };
    }

    private string Root => _options.Layout.Root;

    /// <summary>A session without values.</summary>
    public SessionPayload New()
    {
        var payload = new SessionPayload(new SessionTree(), _configured);
        OpenRoot(payload.Tree, out _);
        return payload;
    }

    /// <summary>Reads a session. Null with the reason when its bytes cannot be read with certainty.</summary>
    public SessionPayload? Read(ReadOnlySpan<byte> bytes, out ReadProblem reason)
    {
        return Plain(bytes, out reason) is { } plain && Recognise(plain, out reason) is { } payload
            && OpenRoot(payload.Tree, out reason)
            ? payload
            : null;
    }

    /// <summary>The variables of the application: those at the root, or those inside the layout's root
    /// variable.</summary>
    public SessionMap Variables(SessionTree tree) =>
        Root.Length == 0 ? tree.Variables : tree.Variables.Put(Root).AsMap();

    /// <summary>The name of the format of new sessions.</summary>
    public string ConfiguredName => _configured.Name;

    /// <summary>Whether a session is in the format of new ones.</summary>
    public bool IsConfigured(SessionPayload payload) => payload.Format == _configured;

    /// <summary>Whether a session holds nothing, not even beside the layout's root variable.</summary>
    public bool IsEmpty(SessionPayload payload) =>
        Variables(payload.Tree).Count == 0 && payload.Tree.Variables.Count == (Root.Length == 0 ? 0 : 1);

    /// <summary>Whether a session means something else than the bytes it was read from.</summary>
    public bool Differs(SessionPayload payload, ReadOnlySpan<byte> bytes) =>
        Plain(bytes, out _) is not { } plain
        || ReadAs(payload.Format, plain, out _) is not { } original
        || !OpenRoot(original.Tree, out _)
        || !original.Tree.Root.ContentEquals(payload.Tree.Root);

    /// <summary>Writes a session in the format it has.</summary>
    /// <exception cref="SharedSessionException">
    /// The format cannot hold a name or a value, or the options' own limits would refuse to read the session.
    /// </exception>
    public byte[] Write(SessionPayload payload)
    {
        byte[] bytes = Encode(payload.Format, payload.Tree);
        if (_options.Layout.Wrapping == SessionWrapping.None)
        {
            return bytes;
        }

        var wrapped = new SessionTree();
        wrapped.Root.Set(bytes);
        return Encode(SessionFormats.PhpValue, wrapped);
    }

    private byte[] Encode(ISessionFormat format, SessionTree tree)
    {
        var output = new ArrayBufferWriter<byte>(512);
        if (format.TryEncode(tree, output, _encode, out SessionError error))
        {
            return output.WrittenSpan.ToArray();
        }

        throw error.IsLimit
            ? new SharedSessionException(SharedSessionFailure.TooLarge,
                $"The session is larger than {nameof(SharedSessionOptions)}.{nameof(SharedSessionOptions.Limits)} "
                    + $"allow, and could not be "
                + $"read again: {error}. What was stored before is left as it is.")
            : new SharedSessionException(
                SharedSessionFailure.NotRepresentable, $"The session cannot be written as {format.Name}: {error}");
    }

    private static ISessionFormat FormatOf(SharedSessionSerializer serializer) => serializer switch
    {
        SharedSessionSerializer.Php => SessionFormats.Php,
        SharedSessionSerializer.PhpSerialize => SessionFormats.PhpSerialize,
        SharedSessionSerializer.Igbinary => SessionFormats.Igbinary,
        SharedSessionSerializer.PhpBinary => SessionFormats.PhpBinary,
        _ => throw new ArgumentOutOfRangeException(nameof(serializer)),
    };

    /// <summary>
    /// Reads bytes in the one format they can be of. <c>php</c> has no mark of its own: a text that a user typed into a
    /// session of another serializer can make it read as <c>php</c> with variables of that user's choice. So bytes that
    /// two formats accept are refused, unless the configured one has such a mark.
    /// </summary>
    private SessionPayload? Recognise(byte[] bytes, out ReadProblem reason)
    {
        reason = default;
        SessionPayload? own = ReadAs(_configured, bytes, out SessionError error);
        if (bytes.Length == 0 || _options.Layout.Format is not null
            || (own is not null && IsMarked(_configured, bytes)))
        {
            reason = own is null ? ReadProblem.Of($"not {_configured.Name}", error) : default;
            return own;
        }

        SessionPayload? found = own;
        foreach (ISessionFormat? format in Serializers.Where(format => format != _configured))
        {
            // Only php and php_binary begin with anything.
            bool isPossible = format == SessionFormats.Php || format == SessionFormats.PhpBinary
                || IsMarked(format, bytes);
            if (isPossible && ReadAs(format, bytes, out _) is { } other)
            {
                if (found is not null)
                {
                    reason = new ReadProblem($"both {found.Format.Name} and {format.Name}");
                    return null;
                }

                found = other;
            }
        }

        reason = found is null ? ReadProblem.Of($"not {_configured.Name} and not another serializer of PHP", error)
            : default;
        return found;
    }

    private SessionPayload? ReadAs(ISessionFormat format, byte[] bytes, out SessionError error)
    {
        error = default;
        var tree = new SessionTree();

        // Every serializer of PHP takes no bytes for no variables: php-memcached stores them for each new id.
        bool isEmpty = bytes.Length == 0 && _options.Layout.Format is null;
        return isEmpty || format.TryDecode(bytes, tree, _options.Limits, out error)
            ? new SessionPayload(tree, format) : null;
    }

    /// <summary>Whether bytes begin as only this format does.</summary>
    private static bool IsMarked(ISessionFormat format, ReadOnlySpan<byte> bytes) => format.Name switch
    {
        "igbinary" => bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0]),
        "php_serialize" => bytes.StartsWith("a:"u8),

        // A map, and in it the nil key that PHP's extension always writes first; an empty session is an empty array.
        "msgpack" =>
            bytes is [0x90] or [>= 0x81 and <= 0x8f, 0xc0, ..] or [0xde, _, _, 0xc0, ..]
                or [0xdf, _, _, _, _, 0xc0, ..],
        _ => false,
    };

    /// <summary>The session's own bytes; null with the reason when they are not wrapped as the layout says.</summary>
    private byte[]? Plain(ReadOnlySpan<byte> bytes, out ReadProblem reason)
    {
        reason = default;
        if (_options.Layout.Wrapping == SessionWrapping.None || bytes.IsEmpty)
        {
            return bytes.ToArray();
        }

        var wrapped = new SessionTree();
        if (SessionFormats.PhpValue.TryDecode(bytes, wrapped, _options.Limits, out SessionError error)
            && wrapped.Root.Kind == SessionKind.Bytes)
        {
            return wrapped.Root.AsBytes().ToArray();
        }

        reason = ReadProblem.Of("not a serialized string", error);
        return null;
    }

    /// <summary>Makes the root variable where there is none yet; false when something else has its name.</summary>
    private bool OpenRoot(SessionTree tree, out ReadProblem reason)
    {
        reason = default;
        if (Root.Length == 0)
        {
            return true;
        }

        SessionValue place = tree.Variables.Put(Root);
        if (place.IsNull)
        {
            place.SetMap();
        }

        reason = place.Kind == SessionKind.Map ? default : new ReadProblem($"{Root} is not an array");
        return place.Kind == SessionKind.Map;
    }
}
