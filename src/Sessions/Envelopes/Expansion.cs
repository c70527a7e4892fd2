namespace SessionGateway.Sessions.Envelopes;

internal static class Expansion
{
    /// <summary>How many bytes an input may decompress to: see <see cref="SessionLimits.MaxExpansionRatio"/>.</summary>
    public static int Limit(int compressedLength, SessionLimits limits) =>
        (int)Math.Min(limits.MaxExpandedBytes,
            Math.Max(limits.MaxBytes, (long)compressedLength * limits.MaxExpansionRatio));
}
