using System.Globalization;

namespace SessionGateway.Bench.Microbench;

/// <summary>The median of several rounds, and the lowest and highest of them.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    /// <summary>Median and range, for example <c>7.21 [7.10–7.40]</c>.</summary>
    public string Show(string format) => string.Create(CultureInfo.InvariantCulture,
        $"{Text(Median, format)} [{Text(Low, format)}–{Text(High, format)}]");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
