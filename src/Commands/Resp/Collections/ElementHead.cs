namespace SessionGateway.Commands.Resp.Collections;

/// <summary>What the entries of an answer are put into.</summary>
internal enum ElementHead
{
    /// <summary>An array.</summary>
    Array,

    /// <summary>RESP3: a set.</summary>
    Set,

    /// <summary>RESP3: a map.</summary>
    Map,
}
