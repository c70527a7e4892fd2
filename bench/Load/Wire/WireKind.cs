namespace SessionGateway.Bench.Load.Wire;

/// <summary>The three protocols, one of them with several kinds of sessions.</summary>
internal enum WireKind
{
    Text,
    Binary,
    Resp,

    /// <summary>RESP, each session a hash of three fields, of which the names are known.</summary>
    RespHash,

    /// <summary>RESP, each session a hash of three fields, read as a whole.</summary>
    RespFields,

    /// <summary>The same of twelve fields.</summary>
    RespManyFields,
}
