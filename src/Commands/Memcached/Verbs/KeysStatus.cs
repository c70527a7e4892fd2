namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>How a walk over the keys of a text get ended.</summary>
internal enum KeysStatus
{
    /// <summary>Behind the last key, END written.</summary>
    Done,

    /// <summary>Before a further key: the turn is over.</summary>
    Paused,

    /// <summary>At a key that no item can have.</summary>
    KeyTooLong,
}
