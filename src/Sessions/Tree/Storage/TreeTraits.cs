namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>What occurs anywhere in a tree: lets writers skip the bookkeeping for what does not.</summary>
[Flags]
internal enum TreeTraits
{
    None = 0,
    Objects = 1,
    References = 2,
    SharedMaps = 4,
    Undefined = 8,

    /// <summary>Values were replaced by descriptions of them.</summary>
    Masked = 16,
}
