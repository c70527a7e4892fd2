namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// memcached's classes of item sizes, as tools ask for them. Items are not kept by size here, so all are told to be in
/// one.
/// </summary>
internal static class SizeClass
{
    /// <summary>The class of all items.</summary>
    public const int OfAll = 1;

    /// <summary>The largest number of a class (MAX_NUMBER_OF_SLAB_CLASSES - 1).</summary>
    public const int Last = 63;
}
