namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>
/// Data behind a storage line that is refused. memcached executes it as commands, the gateway skips it: marked in a
/// line, it is sent to the gateway only, so that both must answer the same. A line that is not refused after all leaves
/// memcached waiting, and data that the gateway executes gives one answer more than memcached's.
/// </summary>
internal static class RefusedData
{
    public const string Mark = "{refused}";

    /// <summary>The line as a server gets it.</summary>
    public static string Send(string line, Peer peer)
    {
        int at = line.IndexOf(Mark, StringComparison.Ordinal);
        return at < 0
            ? line : peer.ExecutesRefusedData ? line[..at] : line[..at] + "\\r\\n" + line[(at + Mark.Length)..];
    }
}
