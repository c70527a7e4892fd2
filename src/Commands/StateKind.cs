namespace SessionGateway.Commands;

/// <summary>For what a state of all items is written. The bytes are the same.</summary>
public enum StateKind
{
    /// <summary>SAVE and BGSAVE.</summary>
    Save,

    /// <summary>BGREWRITEAOF, a log that has become long, the end of a failure of the disk.</summary>
    Rewrite,
}
