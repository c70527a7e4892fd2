namespace SessionGateway.Protocols.Resp;

/// <summary>Where one argument of a request lies in its bytes.</summary>
public readonly record struct RespArgument(int Offset, int Length);
