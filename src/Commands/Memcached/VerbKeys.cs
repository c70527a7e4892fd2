namespace SessionGateway.Commands.Memcached;

/// <summary>How many keys a verb takes.</summary>
internal enum VerbKeys
{
    /// <summary>None.</summary>
    None,

    /// <summary>One.</summary>
    One,

    /// <summary>One over the binary protocol, as many as they like in text.</summary>
    Many,
}
