using SessionGateway.Durability.Format;

namespace SessionGateway.Durability.Writing;

/// <summary>A piece of what waits to be written.</summary>
internal sealed class LogChunk
{
    private LogChunk? _next;

    /// <summary>Bytes of a chunk: a write of this size costs the disk no more than its bytes.</summary>
    public const int Size = 256 << 10;

    /// <summary>The bytes.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(Size, pinned: true);

    /// <summary>Bytes that are used; final when <see cref="Next"/> is set.</summary>
    public int Used { get; set; }

    /// <summary>A segment begins with it.</summary>
    public SegmentStart? Start { get; set; }

    /// <summary>The one behind it; the producer sets it when it puts nothing more into this one.</summary>
    public LogChunk? Next
    {
        get => Volatile.Read(ref _next);
        set => Volatile.Write(ref _next, value);
    }
}
