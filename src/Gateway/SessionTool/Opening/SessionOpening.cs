using SessionGateway.Sessions;

namespace SessionGateway.Gateway.SessionTool.Opening;

/// <summary>From stored bytes to a session: takes envelopes off, finds the format and decodes.</summary>
internal static class SessionOpening
{
    // php-memcached: bits 0-3 of an item's flags are its type, 4 to 7 are serializers; 10-80 tell of compression.
    private const uint ItemType = 0x0f;
    private const uint ItemBits = 0xff;
    private const uint FirstSerializer = 4;

    private static readonly string[] Serializers = ["php_serialize", "igbinary", "json", "msgpack"];

    /// <summary>A person looks at one session: more room than a server gives to each of many.</summary>
    public static SessionLimits Limits { get; } = new()
    {
        MaxBytes = 64 << 20,
        MaxExpandedBytes = 256 << 20,
        MaxExpansionRatio = 1000,
        MaxDepth = 512,
        MaxNodes = 4_000_000,
        MaxNameBytes = 64 << 20,
    };

    /// <summary>Opens a stored value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="format">The name of its format; null to detect it.</param>
    /// <param name="compression">The name of phpredis' compression around it; null to go by flags and first
    /// bytes.</param>
    /// <exception cref="SessionToolException">It cannot be read.</exception>
    public static OpenedSession Open(StoredValue value, string? format, string? compression)
    {
        ISessionFormat? given = format is null ? null : Format(format);
        byte[] plain = Envelope.Remove(value, compression, out string around);
        uint type = value.Flags & ItemType;
        var tree = new SessionTree();
        if (given is null && type >= FirstSerializer && type < FirstSerializer + Serializers.Length
            && value.Flags <= ItemBits
            && PhpMemcachedItem.TryDecode(plain, type, tree, Limits, out _))
        {
            return new OpenedSession(tree, $"{Serializers[type - FirstSerializer]} item of php-memcached{around}");
        }

        if (given is null && TryLaravel(plain, tree))
        {
            return new OpenedSession(tree, $"php_serialize in a serialized string{around}");
        }

        ISessionFormat found = given ?? Detected(value, plain);
        return found.TryDecode(plain, tree, Limits, out SessionError error)
            ? new OpenedSession(tree, found.Name + around)
            : throw new SessionToolException($"'{value.Name}': {found.Name}: {error}");
    }

    /// <summary>The format of a name.</summary>
    /// <exception cref="SessionToolException">There is none.</exception>
    public static ISessionFormat Format(string name) => SessionFormats.ByName(name)
        ?? throw new SessionToolException(
            $"unknown format '{name}'; one of {string.Join(", ", SessionFormats.All.Select(f => f.Name))}");

    private static ISessionFormat Detected(StoredValue value, ReadOnlySpan<byte> plain) => SessionFormats.Detect(plain)
        ?? throw new SessionToolException(
            $"'{value.Name}': {value.Bytes.Length} bytes that fit no format; --format names one and says where it "
                + $"breaks");

    /// <summary>Laravel's Redis store serializes the string that its session store has serialized already.</summary>
    private static bool TryLaravel(ReadOnlySpan<byte> plain, SessionTree tree) =>
        plain.StartsWith("s:"u8)
        && SessionFormats.PhpValue.TryDecode(plain, tree, Limits, out _)
        && tree.Root.Kind == SessionKind.Bytes
        && SessionFormats.PhpSerialize.TryDecode(tree.Root.AsBytes().ToArray(), tree, Limits, out _);
}
