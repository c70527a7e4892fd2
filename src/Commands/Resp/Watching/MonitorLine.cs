using System.Buffers;
using System.Globalization;
using System.Text;
using SessionGateway.Commands.Resp.Scripting;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>A command as MONITOR prints it: time, database, who, and the arguments in quotes (redis 7 replication.c,
/// replicationFeedMonitors).</summary>
internal static class MonitorLine
{
    /// <summary>The line, without <c>+</c>, with its end.</summary>
    public static byte[] Of(in RespCall call)
    {
        var line = new ArrayBufferWriter<byte>(64 + call.Request.Arguments[^1].Offset);
        TimeSpan time = call.Services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        long microseconds = time.Ticks / TimeSpan.TicksPerMicrosecond;
        Add(line, string.Create(CultureInfo.InvariantCulture,
            $"{microseconds / 1_000_000}.{microseconds % 1_000_000:000000} "));
        Add(line, $"[{call.Client.Database} {Who(call.Client)}]");
        for (int i = 0; i < call.Count; i++)
        {
            Add(line, " \"");
            AddEscaped(line, Secrets.Hides(call, i) ? "(redacted)"u8 : call[i]);
            Add(line, "\"");
        }

        Add(line, "\r\n");
        return line.WrittenSpan.ToArray();
    }

    private static string Who(ClientConnection client)
    {
        if (client is ScriptClient)
        {
            return "lua";
        }

        // The path of a unix socket.
        string address = client.RemoteAddress;
        return address.EndsWith(":0", StringComparison.Ordinal) && address.Contains('/') ? $"unix:{address[..^2]}"
            : address;
    }

    private static void Add(ArrayBufferWriter<byte> line, string text) => Encoding.Latin1.GetBytes(text, line);

    // redis 7 sds.c, sdscatrepr
    private static void AddEscaped(ArrayBufferWriter<byte> line, ReadOnlySpan<byte> argument)
    {
        foreach (byte one in argument)
        {
            char named = one switch
            {
                (byte)'\\' or (byte)'"' => (char)one,
                (byte)'\n' => 'n',
                (byte)'\r' => 'r',
                (byte)'\t' => 't',
                (byte)'\a' => 'a',
                (byte)'\b' => 'b',
                _ => '\0',
            };
            if (named != '\0')
            {
                line.Write([(byte)'\\', (byte)named]);
            }
            else if (one is >= 32 and < 127)
            {
                line.Write([one]);
            }
            else
            {
                Add(line, $"\\x{one:x2}");
            }
        }
    }
}
