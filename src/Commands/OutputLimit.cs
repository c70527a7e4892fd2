namespace SessionGateway.Commands;

/// <summary>
/// When a connection whose peer does not read is closed (Redis client-output-buffer-limit): at once above the hard
/// mark, or when it stays above the soft one for a time. 0 = no such mark.
/// </summary>
/// <param name="HardBytes">Bytes that wait, at most.</param>
/// <param name="SoftBytes">Bytes that may wait for long.</param>
/// <param name="SoftTime">How long more may wait.</param>
public readonly record struct OutputLimit(long HardBytes, long SoftBytes = 0, TimeSpan SoftTime = default)
{
    /// <summary>The same limit for connections that may hold so many bytes: never more, softly a quarter of
    /// it.</summary>
    public OutputLimit Within(long bytes) => new(
        HardBytes == 0 ? bytes : Math.Min(HardBytes, bytes),
        SoftBytes == 0 ? 0 : Math.Min(SoftBytes, bytes / 4),
        SoftTime);

    /// <summary>As CONFIG GET client-output-buffer-limit writes it: hard, soft, seconds.</summary>
    public override string ToString() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{HardBytes} {SoftBytes} {(long)SoftTime.TotalSeconds}");
}
