namespace SessionGateway.Protocols.Memcached.Text;

/// <summary>The error lines of memcached 1.6 (memcached.c, proto_text.c), with line ends.</summary>
public static class TextErrors
{
#pragma warning disable CS1591 // each line is its own description
    public static ReadOnlySpan<byte> Error => "ERROR\r\n"u8;

    public static ReadOnlySpan<byte> BadFormat => "CLIENT_ERROR bad command line format\r\n"u8;

    public static ReadOnlySpan<byte> BadDeleteFormat =>
        "CLIENT_ERROR bad command line format.  Usage: delete <key> [noreply]\r\n"u8;

    public static ReadOnlySpan<byte> BadChunk => "CLIENT_ERROR bad data chunk\r\n"u8;

    public static ReadOnlySpan<byte> BadExptime => "CLIENT_ERROR invalid exptime argument\r\n"u8;

    public static ReadOnlySpan<byte> BadDelta => "CLIENT_ERROR invalid numeric delta argument\r\n"u8;

    public static ReadOnlySpan<byte> NonNumeric =>
        "CLIENT_ERROR cannot increment or decrement non-numeric value\r\n"u8;

    public static ReadOnlySpan<byte> TooLarge => "SERVER_ERROR object too large for cache\r\n"u8;

    public static ReadOnlySpan<byte> OutOfMemory => "SERVER_ERROR out of memory storing object\r\n"u8;

    // Ours: memcached keeps nothing.
    public static ReadOnlySpan<byte> Loading => "SERVER_ERROR loading\r\n"u8;

    // Ours: memcached has no disk that has to take what it stores.
    public static ReadOnlySpan<byte> DiskFailed =>
        "SERVER_ERROR nothing is written until the disk takes it again\r\n"u8;

    // Ours: memcached has no backups.
    public static ReadOnlySpan<byte> NoBackup => "SERVER_ERROR nothing is written until a backup is there\r\n"u8;

    // Ours: memcached has no replicas.
    public static ReadOnlySpan<byte> ReadOnly => "SERVER_ERROR read only replica\r\n"u8;

    public static ReadOnlySpan<byte> Unauthenticated => "CLIENT_ERROR unauthenticated\r\n"u8;

    public static ReadOnlySpan<byte> AuthenticationFailure => "CLIENT_ERROR authentication failure\r\n"u8;

    public static ReadOnlySpan<byte> BadAuthToken => "CLIENT_ERROR bad authentication token format\r\n"u8;

    public static ReadOnlySpan<byte> BadAuthTermination => "CLIENT_ERROR bad command line termination\r\n"u8;

    public static ReadOnlySpan<byte> ShutdownDisabled => "ERROR: shutdown not enabled\r\n"u8;
#pragma warning restore CS1591

    /// <summary>The line for an error; empty for none.</summary>
    public static ReadOnlySpan<byte> Of(TextError error) => error switch
    {
        TextError.Request => Error,
        TextError.Format => BadFormat,
        TextError.DeleteFormat => BadDeleteFormat,
        TextError.Chunk => BadChunk,
        TextError.Exptime => BadExptime,
        TextError.Delta => BadDelta,
        TextError.TooLarge => TooLarge,
        TextError.Loading => Loading,
        TextError.DiskFailed => DiskFailed,
        TextError.NoBackup => NoBackup,
        TextError.ReadOnly => ReadOnly,
        _ => default,
    };
}
