using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>Sizes as users write them: <c>1048576</c>, <c>1m</c>, <c>1mb</c>; the units are powers of 1024 as in
/// memcached.</summary>
internal static class ByteSize
{
    private const string Units = "kmgt";

    /// <summary>Reads a size.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        string digits = text.ToLowerInvariant();
        if (digits.Length > 1 && digits[^1] == 'b')
        {
            digits = digits[..^1];
        }

        int unit = digits.Length > 0 ? Units.IndexOf(digits[^1]) + 1 : 0;
        if (unit > 0)
        {
            digits = digits[..^1];
        }

        bool isNumber = long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long count);
        bytes = count << (10 * unit);
        return isNumber && count <= long.MaxValue >> (10 * unit);
    }

    /// <summary>The size with the largest unit that keeps it whole.</summary>
    public static string Format(long bytes)
    {
        int unit = 0;
        while (unit < Units.Length && bytes != 0 && bytes % 1024 == 0)
        {
            bytes /= 1024;
            unit++;
        }

        string number = bytes.ToString(CultureInfo.InvariantCulture);
        return unit == 0 ? number : number + Units[unit - 1];
    }
}
