namespace SessionGateway.Gateway.Holding;

/// <summary>How much may be held; the origin of each default stands with its option.</summary>
/// <param name="ConnectionBytes">Bytes of one connection from which on nothing more is read from it.</param>
/// <param name="AllBytes">Bytes of all connections from which on nothing more is read from those that hold
/// some.</param>
/// <param name="Milliseconds">How long; then what they tell is not known, and their connection is closed. 0 = for
/// ever.</param>
internal sealed record HoldLimits(
    int ConnectionBytes = 256 << 10, long AllBytes = 64 << 20, long Milliseconds = 0);
