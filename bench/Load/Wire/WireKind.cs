namespace SessionGateway.Bench.Load.Wire;

/// <summary>The three protocols, one of them with two kinds of sessions.</summary>
internal enum WireKind
{
    Text,
    Binary,
    Resp,

    /// <summary>RESP, each session a hash.</summary>
    RespHash,
}
