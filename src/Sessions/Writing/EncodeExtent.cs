namespace SessionGateway.Sessions.Writing;

/// <summary>How much a walk wrote: what a reader's limits count.</summary>
internal struct EncodeExtent
{
    /// <summary>Values below the root.</summary>
    public int Values;

    /// <summary>Deepest nesting; variables are at depth 1.</summary>
    public int Depth;

    /// <summary>Longest name of a variable in bytes.</summary>
    public int NameBytes;
}
