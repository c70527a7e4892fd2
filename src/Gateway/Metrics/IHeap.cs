namespace SessionGateway.Gateway.Metrics;

/// <summary>The heap of managed objects, as far as <see cref="HeapTrim"/> is concerned with it.</summary>
internal interface IHeap
{
    /// <summary>Bytes, with garbage and with what is committed and free.</summary>
    long Bytes { get; }

    /// <summary>Begins to look for garbage beside everything else.</summary>
    void Mark();

    /// <summary>Bytes that were in use when the look that was begun last had ended; null before.</summary>
    long? Marked { get; }

    /// <summary>Moves together what is in use while everybody waits, and gives the rest back to the system.</summary>
    void Compact();
}
