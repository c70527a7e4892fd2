namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>The RESP commands after which a connection is not as it was.</summary>
internal static class RespVerbs
{
    /// <summary>The kind of a command, in any case of letters.</summary>
    public static RespVerb Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        4 when Is(name, "AUTH"u8) => RespVerb.Kept,
        4 when Is(name, "EXEC"u8) => RespVerb.Exec,
        4 when Is(name, "QUIT"u8) || Is(name, "SYNC"u8) => RespVerb.Ends,
        5 when Is(name, "HELLO"u8) => RespVerb.Kept,
        5 when Is(name, "MULTI"u8) => RespVerb.Multi,
        5 when Is(name, "WATCH"u8) => RespVerb.Watch,
        5 when Is(name, "RESET"u8) || Is(name, "PSYNC"u8) => RespVerb.Ends,
        6 when Is(name, "SELECT"u8) || Is(name, "CLIENT"u8) => RespVerb.Kept,
        7 when Is(name, "DISCARD"u8) => RespVerb.Exec,
        7 when Is(name, "UNWATCH"u8) => RespVerb.Unwatch,
        7 when Is(name, "MONITOR"u8) => RespVerb.Ends,
        8 when Is(name, "REPLCONF"u8) => RespVerb.Ends,
        >= 9 when EndsWith(name, "SUBSCRIBE"u8) => RespVerb.Ends,
        _ => RespVerb.Plain,
    };

    /// <summary>Whether a name is this one, in any case of letters.</summary>
    public static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> upper) =>
        System.Text.Ascii.EqualsIgnoreCase(name, upper);

    private static bool EndsWith(ReadOnlySpan<byte> name, ReadOnlySpan<byte> upper) =>
        Is(name[^upper.Length..], upper);
}
