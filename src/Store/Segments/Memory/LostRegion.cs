using System.Diagnostics;

namespace SessionGateway.Store.Segments.Memory;

/// <summary>
/// Regions that were collected although nobody disposed their store. Their finalizer frees nothing: pointers into a
/// region are everywhere in the engine, and none of them keeps the region alive. A debug build stops here.
/// </summary>
internal static class LostRegion
{
    private static long _count;

    /// <summary>How many there were.</summary>
    public static long Count => Interlocked.Read(ref _count);

    /// <summary>A finalizer has found one.</summary>
    public static void Report()
    {
        Interlocked.Increment(ref _count);
        Debug.Fail("the memory of a store was collected that nobody disposed");
    }
}
