using System.Text;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Commands.Resp;

/// <summary>Error lines of redis 7, with line ends.</summary>
internal static class RespErrors
{
    public static ReadOnlySpan<byte> Syntax => "-ERR syntax error\r\n"u8;

    public static ReadOnlySpan<byte> NotAnInteger => "-ERR value is not an integer or out of range\r\n"u8;

    public static ReadOnlySpan<byte> NotAFloat => "-ERR value is not a valid float\r\n"u8;

    public static ReadOnlySpan<byte> WrongType =>
        "-WRONGTYPE Operation against a key holding the wrong kind of value\r\n"u8;

    public static ReadOnlySpan<byte> OutOfMemory => "-OOM command not allowed when used memory > 'maxmemory'.\r\n"u8;

    // The code is Redis', who refuses in the same place (appendfsync always).
    public static ReadOnlySpan<byte> DiskFailed =>
        "-MISCONF Errors writing to the log: nothing is written until the disk takes it again\r\n"u8;

    public static ReadOnlySpan<byte> ReadOnly => "-READONLY You can't write against a read only replica.\r\n"u8;

    // As Redis with min-replicas-to-write.
    public static ReadOnlySpan<byte> NoBackup => "-NOREPLICAS Not enough good replicas to write.\r\n"u8;

    public static ReadOnlySpan<byte> OfWrite(Refusal refusal) => refusal switch
    {
        Refusal.ReadOnly => ReadOnly,
        Refusal.NoBackup => NoBackup,
        _ => DiskFailed,
    };

    public static ReadOnlySpan<byte> NoAuth => "-NOAUTH Authentication required.\r\n"u8;

    public static ReadOnlySpan<byte> Loading => "-LOADING Redis is loading the dataset in memory\r\n"u8;

    public static ReadOnlySpan<byte> MasterDown =>
        "-MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.\r\n"u8;

    // Ours: Sentinel counts it as silence, unlike -LOADING and -MASTERDOWN.
    public static ReadOnlySpan<byte> NotReady =>
        "-NOTREADY this node of the pair may not have the newest data\r\n"u8;

    // Redis' words for a user without the right.
    public static string NoPermission(string name) =>
        $"NOPERM this user has no permissions to run the '{name}' command";

    public static ReadOnlySpan<byte> WrongPass =>
        "-WRONGPASS invalid username-password pair or user is disabled.\r\n"u8;

    public static ReadOnlySpan<byte> NotInTransaction => "-ERR Command not allowed inside a transaction\r\n"u8;

    public static ReadOnlySpan<byte> TooLong =>
        "-ERR string exceeds maximum allowed size (proto-max-bulk-len)\r\n"u8;

    public static ReadOnlySpan<byte> Overflow => "-ERR increment or decrement would overflow\r\n"u8;

    // Ours: Redis has no limit of its own for keys.
    public static ReadOnlySpan<byte> KeyTooLong => "-ERR key is longer than 65535 bytes\r\n"u8;

    // Ours: redis executes any number at one moment, and nobody else meanwhile.
    public static string TooManyArguments(string name, int most) =>
        $"ERR too many arguments for '{name}': it takes {most} at one moment";

    // Ours: redis watches any number.
    public static string TooManyWatched(int most) => $"ERR too many watched keys: EXEC looks at {most} at one moment";

    // Ours: redis collects any number.
    public static ReadOnlySpan<byte> TooManyKeys =>
        "-ERR the keys that match take too much memory for one reply, use SCAN\r\n"u8;

    // Ours: redis collects any number.
    public static ReadOnlySpan<byte> TooManyElements =>
        "-ERR the elements take too much memory for one reply, use HSCAN and its kin\r\n"u8;

    // Ours: redis searches lists of any length, and nobody else is served meanwhile.
    public static ReadOnlySpan<byte> TooLongList =>
        "-ERR the list is too long to be searched at one moment\r\n"u8;

    // Ours: redis compares any pattern, and nobody else is served meanwhile.
    public static ReadOnlySpan<byte> PatternTooLong => "-ERR pattern is longer than 1024 bytes\r\n"u8;

    // Ours: as long as the patterns that it is compared with.
    public static ReadOnlySpan<byte> ChannelTooLong => "-ERR channel is longer than 1024 bytes\r\n"u8;

    // Ours: redis compares each message with any number.
    public static ReadOnlySpan<byte> TooManyPatterns =>
        "-ERR all clients together may listen to patterns of 256 KB, this one is not among them\r\n"u8;

    // Ours: in redis the other clients wait until everything is done.
    public static ReadOnlySpan<byte> TooMuchWork =>
        "-ERR the transaction has done too much work at one moment, this command was not executed\r\n"u8;

    public static ReadOnlySpan<byte> SameObject => "-ERR source and destination objects are the same\r\n"u8;

    // Ours: redis reads blocks of any size at one moment. It makes none of more than 8 KB.
    public static ReadOnlySpan<byte> TooLargeToRestore =>
        "-ERR a packed block of more than 65536 entries cannot be restored at one moment\r\n"u8;

    public static ReadOnlySpan<byte> BadData => "-ERR Bad data format\r\n"u8;

    // Ours: redis writes collections of any size at one moment.
    public static ReadOnlySpan<byte> ChangesTooOften =>
        "-ERR the collection changes faster than it can be dumped\r\n"u8;

    // Redis 8.4.
    public static ReadOnlySpan<byte> NotADigest => "-ERR must be exactly 16 hexadecimal characters\r\n"u8;

    public static string WrongArity(string name) => $"ERR wrong number of arguments for '{name}' command";

    public static string InvalidExpire(string name) => $"ERR invalid expire time in '{name}' command";

    /// <summary>Bytes as text with one char a byte, cut at a length and, as C strings, at a zero byte.</summary>
    public static string Preview(ReadOnlySpan<byte> bytes, int max = int.MaxValue)
    {
        int zero = bytes.IndexOf((byte)0);
        bytes = zero < 0 ? bytes : bytes[..zero];
        return Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, max)]);
    }

    /// <summary>
    /// Writes an error line. Line ends at the end are cut, others become blanks (addReplyErrorFormat).
    /// </summary>
    public static void Write(OutputBuffer output, string text)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(text.TrimEnd('\r', '\n').Replace('\r', ' ').Replace('\n', ' '));
        output.WriteByte((byte)'-');
        output.Write(bytes);
        output.Write("\r\n"u8);
    }
}
