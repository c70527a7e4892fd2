using System.Text;
using SessionGateway.Protocols.Memcached;

namespace SessionGateway.Gateway.Options;

/// <summary>Options that say something about all keys with the same first characters.</summary>
internal static class KeyRuleOptions
{
    /// <summary>Stands for every key, as in Redis' patterns.</summary>
    public const string EveryKey = "*";

    private const string None = "none";
    private const int DefaultCompressBytes = 1024;
    private const int LeastCompressBytes = 64;
    private const int MostCompressBytes = 512 << 20;

    /// <summary>A list of prefixes.</summary>
    public static OptionDescriptor Prefixes(string name, string summary, string origin,
        Func<GatewayOptions, IReadOnlyList<string>> get,
        Func<GatewayOptions, IReadOnlyList<string>, GatewayOptions> with) => new()
    {
        Name = name,
        Value = "PREFIX",
        Summary = summary,
        Origin = origin,
        Range = $"1 to {MemcachedLimits.KeyBytes} bytes; a * at the end may be written, {EveryKey} alone is every key",
        Show = o => get(o).Count == 0 ? None : string.Join(", ", get(o)),
        IsRepeatable = true,
        Set = (IReadOnlyList<string> values, ref GatewayOptions options) =>
        {
            var prefixes = new List<string>();
            foreach (string value in values)
            {
                if (Problem(value) is { } problem)
                {
                    return problem;
                }

                prefixes.Add(Plain(value));
            }

            options = with(options, prefixes);
            return null;
        },
    };

    /// <summary>Reads <c>--compress</c>.</summary>
    public static string? SetCompress(IReadOnlyList<string> values, ref GatewayOptions options)
    {
        var rules = new List<(string Prefix, int LeastBytes)>();
        foreach (string value in values)
        {
            int mark = value.LastIndexOf('=');
            string prefix = mark < 0 ? value : value[..mark];
            long bytes = DefaultCompressBytes;
            if (mark >= 0 && !ByteSize.TryParse(value[(mark + 1)..], out bytes))
            {
                return $"'{value}': what follows the last = is not a size such as 1k";
            }

            if (bytes is < LeastCompressBytes or > MostCompressBytes)
            {
                return $"'{value}': the size is out of range: {LeastCompressBytes} to "
                    + $"{ByteSize.Format(MostCompressBytes)}";
            }

            if (Problem(prefix) is { } problem)
            {
                return problem;
            }

            rules.Add((Plain(prefix), (int)bytes));
        }

        options = options with { Compress = rules };
        return null;
    }

    /// <summary>Shows <c>--compress</c>.</summary>
    public static string ShowCompress(GatewayOptions options) => options.Compress.Count == 0
        ? None
        : string.Join(", ", options.Compress.Select(r => $"{r.Prefix}={ByteSize.Format(r.LeastBytes)}"));

    /// <summary>The bytes that a prefix stands for.</summary>
    public static byte[] Bytes(string prefix) => prefix == EveryKey ? [] : Encoding.UTF8.GetBytes(prefix);

    private static string? Problem(string value)
    {
        if (value.Length == 0)
        {
            return $"'{value}': the prefix is empty; {EveryKey} stands for every key";
        }

        return Encoding.UTF8.GetByteCount(value) > MemcachedLimits.KeyBytes
            ? $"'{value}' is longer than a key, {MemcachedLimits.KeyBytes} bytes"
            : null;
    }

    private static string Plain(string value) => value.Length > 1 && value.EndsWith('*') ? value[..^1] : value;
}
