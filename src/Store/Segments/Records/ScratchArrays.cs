using System.Buffers;

namespace SessionGateway.Store.Segments.Records;

/// <summary>
/// Arrays for values that have to wait a moment. The shared pool of the runtime would keep arrays of half a gigabyte
/// for minutes; this one keeps a few of up to a megabyte, longer ones are garbage after use.
/// </summary>
internal static class ScratchArrays
{
    private const int LongestKept = 1 << 20;
    private const int KeptPerSize = 4;

    /// <summary>The pool.</summary>
    public static ArrayPool<byte> Pool { get; } = ArrayPool<byte>.Create(LongestKept, KeptPerSize);
}
