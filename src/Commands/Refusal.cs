namespace SessionGateway.Commands;

/// <summary>Why a command is not executed, before a protocol puts it into its own words.</summary>
internal enum Refusal
{
    /// <summary>It is executed.</summary>
    None,

    /// <summary>The client has to log in first.</summary>
    LoginNeeded,

    /// <summary>The items are not there yet.</summary>
    Loading,

    /// <summary>The items may be older than those of another node.</summary>
    Fenced,

    /// <summary>It would write, and what is written now is not safe.</summary>
    DiskFailed,

    /// <summary>It would write, and no backup is there to acknowledge it.</summary>
    NoBackup,

    /// <summary>It would write, and the items come from a primary.</summary>
    ReadOnly,
}
