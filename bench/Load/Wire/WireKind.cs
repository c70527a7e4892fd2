namespace SessionGateway.Bench.Load.Wire;

/// <summary>The three protocols.</summary>
internal enum WireKind
{
    Text,
    Binary,
    Resp,
}
