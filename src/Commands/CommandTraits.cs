namespace SessionGateway.Commands;

/// <summary>What the checks before a command must know of it, whatever the protocol.</summary>
[Flags]
internal enum CommandTraits
{
    /// <summary>Touches no items.</summary>
    None = 0,

    /// <summary>Looks at items.</summary>
    Reads = 1 << 0,

    /// <summary>Changes items.</summary>
    Writes = 1 << 1,

    /// <summary>Is allowed to who has not logged in.</summary>
    BeforeLogin = 1 << 2,

    /// <summary>Is allowed while the items are read from the disk.</summary>
    WhileLoading = 1 << 3,

    /// <summary>Is allowed while the items may be older than those of another node.</summary>
    WhileFenced = 1 << 4,

    /// <summary>Has nothing to do with what the items are.</summary>
    AnyTime = WhileLoading | WhileFenced,
}
