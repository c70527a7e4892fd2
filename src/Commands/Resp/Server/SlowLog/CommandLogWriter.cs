using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>Entries as SLOWLOG GET and COMMANDLOG GET print them.</summary>
internal static class CommandLogWriter
{
    /// <summary>Reads how many are wanted, -1 = all, or writes the error.</summary>
    public static bool TryCount(in RespCall call, int index, out long count)
    {
        if (!RespNumbers.TryInt64(call[index], out count) || count < -1)
        {
            call.Error("-ERR count should be greater than or equal to -1\r\n"u8);
            return false;
        }

        count = count == -1 ? long.MaxValue : count;
        return true;
    }

    /// <summary>Writes the newest entries.</summary>
    public static void Write(in RespCall call, CommandLog log, long count)
    {
        LoggedCommand[] entries = log.Newest(count);
        call.Context.Spend(entries.Length);
        call.Output.WriteArray(entries.Length);
        foreach (LoggedCommand entry in entries)
        {
            call.Output.WriteArray(6);
            call.Output.WriteInteger(entry.Id);
            call.Output.WriteInteger(entry.Time);
            call.Output.WriteInteger(entry.Value);
            call.Output.WriteArray(entry.Arguments.Length);
            foreach (byte[] argument in entry.Arguments)
            {
                call.Output.WriteBulk(argument);
            }

            call.Output.WriteBulk(entry.Address);
            call.Output.WriteBulk(entry.Name);
        }
    }
}
