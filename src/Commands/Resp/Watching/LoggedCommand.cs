using System.Text;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>An entry of SLOWLOG or COMMANDLOG: cut as Redis cuts it, so that it is small whatever was sent.</summary>
/// <param name="Id">Number of the entry, from 0.</param>
/// <param name="Time">Unix seconds.</param>
/// <param name="Value">Microseconds, or bytes.</param>
/// <param name="Arguments">The first 32 arguments, 128 bytes of each.</param>
/// <param name="Address">Who sent it.</param>
/// <param name="Name">CLIENT SETNAME.</param>
internal sealed record LoggedCommand(long Id, long Time, long Value, byte[][] Arguments, string Address, string Name)
{
    // slowlog.h, SLOWLOG_ENTRY_MAX_ARGC and SLOWLOG_ENTRY_MAX_STRING.
    private const int MaxArguments = 32;
    private const int MaxBytes = 128;
    private const int OverheadBytes = 200;

    /// <summary>Bytes that it takes, roughly.</summary>
    public long Bytes =>
        OverheadBytes + Arguments.Sum(a => a.Length + 32L) + sizeof(char) * (Address.Length + Name.Length);

    /// <summary>The arguments of a call as they are logged.</summary>
    public static byte[][] Cut(in RespCall call)
    {
        byte[][] arguments = new byte[Math.Min(call.Count, MaxArguments)][];
        for (int i = 0; i < arguments.Length; i++)
        {
            bool isLast = i == MaxArguments - 1 && call.Count > MaxArguments;
            arguments[i] = isLast
                ? Encoding.ASCII.GetBytes($"... ({call.Count - MaxArguments + 1} more arguments)")
                : Cut(Secrets.Hides(call, i) ? "(redacted)"u8 : call[i]);
        }

        return arguments;
    }

    private static byte[] Cut(ReadOnlySpan<byte> argument) => argument.Length <= MaxBytes
        ? argument.ToArray()
        : [.. argument[..MaxBytes], .. Encoding.ASCII.GetBytes($"... ({argument.Length - MaxBytes} more bytes)")];
}
