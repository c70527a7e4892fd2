namespace SessionGateway.Commands;

/// <summary>
/// What is worth how many units of a turn (<see cref="CommandContext.RequestBudget"/>). A unit is a short request,
/// about a microsecond: measured on the machine of bench/README.md and rounded up.
/// </summary>
internal static class WorkUnits
{
    /// <summary>Keys looked up for one unit.</summary>
    public const int KeysPerUnit = 4;

    /// <summary>Entries of a collection visited for one unit.</summary>
    public const int ElementsPerUnit = 32;

    /// <summary>Bytes copied or cleared for one unit.</summary>
    public const int BytesPerUnit = 4096;

    /// <summary>Places of the index looked at for one unit.</summary>
    public const int PlacesPerUnit = 4;

    /// <summary>Steps of a pattern's comparison for one unit.</summary>
    public const int GlobStepsPerUnit = 512;

    /// <summary>Units of a report over everything (INFO, stats, CLIENT LIST).</summary>
    public const int Report = 256;

    /// <summary>Units of what takes a turn of its own (a flush).</summary>
    public const int WholeTurn = 1024;

    /// <summary>Units for bytes that were moved.</summary>
    public static long ForBytes(long count) => count / BytesPerUnit;
}
