using System.Globalization;

namespace SessionGateway.Sessions;

/// <summary>How much a session may cost to read or write. The defaults suit what real applications keep in
/// sessions.</summary>
public sealed record SessionLimits
{
    /// <summary>The defaults.</summary>
    public static SessionLimits Default { get; } = new();

    /// <summary>Most bytes of a session, read or written. Default 1 MiB, the item limit of memcached.</summary>
    public int MaxBytes { get; init; } = 1024 * 1024;

    /// <summary>Deepest nesting of maps and objects; variables are at depth 1. Default 64 (PHP itself allows
    /// 4096).</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>Most values in a session, each 32 bytes of memory while decoded. Default 50,000.</summary>
    public int MaxNodes { get; init; } = 50_000;

    /// <summary>Longest name of a variable in bytes. Default 255.</summary>
    public int MaxNameBytes { get; init; } = 255;

    /// <summary>
    /// Most bytes that decompressing or encoding may produce. Default 8 MiB: repeated strings are stored once in some
    /// formats and written out in others.
    /// </summary>
    public int MaxExpandedBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>
    /// Largest ratio of decompressed to compressed size; results below <see cref="MaxBytes"/> are not measured by it,
    /// since small texts of one repeated letter are harmless. Default 8.
    /// </summary>
    public int MaxExpansionRatio { get; init; } = 8;

    /// <summary>Names the limit behind an error, and its value; null where the error is of another kind.</summary>
    internal string? Describe(SessionErrorCode code) => code switch
    {
        SessionErrorCode.TooDeep => Of(nameof(MaxDepth), MaxDepth),
        SessionErrorCode.TooManyNodes => Of(nameof(MaxNodes), MaxNodes),
        SessionErrorCode.NameTooLong => Of(nameof(MaxNameBytes), MaxNameBytes),
        SessionErrorCode.TooLarge => Of(nameof(MaxBytes), MaxBytes),
        SessionErrorCode.Expansion =>
            $"{Of(nameof(MaxExpandedBytes), MaxExpandedBytes)}, or {nameof(MaxExpansionRatio)}, {MaxExpansionRatio}",
        _ => null,
    };

    private static string Of(string name, int value) =>
        string.Create(CultureInfo.InvariantCulture, $"over {nameof(SessionLimits)}.{name}, {value}");
}
