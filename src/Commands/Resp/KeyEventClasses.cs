namespace SessionGateway.Commands.Resp;

/// <summary>What <c>notify-keyspace-events</c> chooses from (redis 7 server.h, NOTIFY_*).</summary>
[Flags]
internal enum KeyEventClasses
{
    None = 0,

    /// <summary>K: messages to <c>__keyspace@DB__:KEY</c>.</summary>
    Keyspace = 1 << 0,

    /// <summary>E: messages to <c>__keyevent@DB__:EVENT</c>.</summary>
    KeyEvent = 1 << 1,

    /// <summary>g: del, expire, rename_from and others of every type.</summary>
    Generic = 1 << 2,

    /// <summary>$.</summary>
    String = 1 << 3,

    /// <summary>l.</summary>
    List = 1 << 4,

    /// <summary>s.</summary>
    Set = 1 << 5,

    /// <summary>h.</summary>
    Hash = 1 << 6,

    /// <summary>z.</summary>
    SortedSet = 1 << 7,

    /// <summary>x.</summary>
    Expired = 1 << 8,

    /// <summary>e.</summary>
    Evicted = 1 << 9,

    /// <summary>t: can be chosen, and nothing tells it here.</summary>
    Stream = 1 << 10,

    /// <summary>m: a read of a key that is absent; not part of A.</summary>
    KeyMiss = 1 << 11,

    /// <summary>d: can be chosen, and nothing tells it here.</summary>
    Module = 1 << 12,

    /// <summary>n: a key comes into being; not part of A.</summary>
    New = 1 << 13,

    /// <summary>A.</summary>
    All = Generic | String | List | Set | Hash | SortedSet | Expired | Evicted | Stream | Module,
}
