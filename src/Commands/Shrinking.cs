namespace SessionGateway.Commands;

/// <summary>Tables that a burst has made large.</summary>
internal static class Shrinking
{
    // What a few connections use is kept; below an eighth, copying what is left costs less than removing it did.
    private const int KeptCapacity = 1024;
    private const int LeastShare = 8;

    /// <summary>Gives memory back after a removal, when most of the places are empty.</summary>
    public static void AfterRemoval<T>(HashSet<T>? table)
    {
        if (table?.Capacity > KeptCapacity && table.Count < table.Capacity / LeastShare)
        {
            table.TrimExcess();
        }
    }
}
