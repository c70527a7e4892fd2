namespace SessionGateway.Durability.Format;

/// <summary>What a segment is; the numbers are on disks.</summary>
[Flags]
public enum SegmentFlags : ushort
{
    /// <summary>It continues the one before.</summary>
    None = 0,

    /// <summary>A state begins with it: all items as they were at its previous position, among the mutations behind
    /// it.</summary>
    State = 1,

    /// <summary>The segment before was given up (a disk failed): mutations are missing between the two, and the end of
    /// the one before may be torn.</summary>
    Gap = 2,

    /// <summary>Its records are encrypted; the first one tells with which key.</summary>
    Sealed = 4,
}
