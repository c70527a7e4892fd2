using System.Diagnostics;

namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// Owners of unmanaged memory that were collected although nobody disposed them. Their finalizers free nothing: a span
/// or a pointer that outlives the last use of its owner may still be read, and a leak is the smaller evil. A debug
/// build stops here.
/// </summary>
public static class LostOwner
{
    private static long _count;

    /// <summary>How many there were.</summary>
    public static long Count => Interlocked.Read(ref _count);

    /// <summary>A finalizer has found one.</summary>
    public static void Report(string type)
    {
        Interlocked.Increment(ref _count);
        Debug.Fail($"a {type} was collected that nobody disposed");
    }
}
