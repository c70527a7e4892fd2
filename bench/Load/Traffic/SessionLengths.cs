namespace SessionGateway.Bench.Load.Traffic;

/// <summary>
/// Lengths of session values: lognormal with a median of 600 and a mean of 1,200 bytes, at most 65,536. A table,
/// because a million logarithms would be time of the load program's core in every pass.
/// </summary>
internal static class SessionLengths
{
    public const int Most = 65_536;
    private const int Least = 8; // number and version of the session
    private const double Median = 600;
    private const int TableBits = 20;

    // mean = median · exp(sigma² / 2), so a mean of twice the median has sigma = sqrt(2 ln 2).
    private static readonly double Sigma = Math.Sqrt(2 * Math.Log(2));

    private static readonly ushort[] Table = MakeTable();

    /// <summary>The length for a random number; equal numbers have equal lengths.</summary>
    public static int Draw(ulong random) => Table[(int)(random >> (64 - TableBits))] + 1;

    // The longest length does not fit 16 bits, its predecessor does.
    private static ushort[] MakeTable()
    {
        XorShift random = new(600);
        ushort[] table = new ushort[1 << TableBits];
        foreach (ref ushort length in table.AsSpan())
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - Share(ref random)));
            double normal = radius * Math.Cos(2 * Math.PI * Share(ref random));
            length = (ushort)(Math.Clamp(Median * Math.Exp(Sigma * normal), Least, Most) - 1);
        }

        return table;
    }

    private static double Share(ref XorShift random) => (random.Next() >> 11) * (1.0 / (1UL << 53));
}
