using System.Globalization;
using System.Text;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>
/// DEBUG: refused, as by a Redis without enable-debug-command. Where it is allowed, for tests: SLEEP, OBJECT and
/// SET-ACTIVE-EXPIRE.
/// </summary>
internal sealed class DebugCommand() : RespCommand(
    new CommandDescriptor(
        "debug", -2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "server",
        Since = "1.0.0",
        Summary = "A container for debugging commands",
        Complexity = "Depends on subcommand.",
    })
{
    // A day: beyond it the time of the deadline would overflow for silly numbers.
    private const double MostSeconds = 86_400;

    private static readonly string[] Help =
    [
        "OBJECT <key>",
        "    Show low level info about `key` and associated value.",
        "SET-ACTIVE-EXPIRE <0|1>",
        "    Setting it to 0 disables expiring keys in background when they are not",
        "    accessed (otherwise the Redis behavior). Setting it to 1 reenables back the",
        "    default.",
        "SLEEP <seconds>",
        "    Stop the client for <seconds>. Decimals allowed.",
    ];

    public override void Execute(in RespCall call)
    {
        if (!IsAllowed(call))
        {
            call.Error("ERR DEBUG command not allowed. If the enable-debug-command option is set to \"local\", you can "
                + "run it from a local connection, otherwise you need to set this option in the configuration file, "
                + "and then restart the server.");
        }
        else if (call.Count == 3 && call.Is(1, "sleep"u8))
        {
            Sleep(call);
        }
        else if (call.Count == 3 && call.Is(1, "object"u8))
        {
            ShowObject(call);
        }
        else if (call.Count == 3 && call.Is(1, "set-active-expire"u8))
        {
            call.Store.KeepsExpired = call.Is(2, "0"u8);
            call.Output.Write("+OK\r\n"u8);
        }
        else if (call.Count == 2 && call.Is(1, "help"u8))
        {
            HelpText.Write(call.Output, "DEBUG", Help);
        }
        else
        {
            call.Error($"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
                + "Try DEBUG HELP.");
        }
    }

    private static bool IsAllowed(in RespCall call)
    {
        string from = call.Client.RemoteAddress;
        return call.Services.Resp.Debug == DebugAccess.Yes || (call.Services.Resp.Debug == DebugAccess.Local
            && (from.StartsWith("127.", StringComparison.Ordinal) || from.StartsWith("[::1]", StringComparison.Ordinal)
                || from.StartsWith('/')));
    }

    private static void Sleep(in RespCall call)
    {
        // What is no number is nothing, as strtod has it.
        double.TryParse(
            Encoding.Latin1.GetString(call[2]), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds);
        long milliseconds = (long)(Math.Min(seconds, MostSeconds) * 1000);
        if (milliseconds <= 0 || call.Context.IsAtomicStep)
        {
            call.Output.Write("+OK\r\n"u8);
            return;
        }

        call.Connection.Run(new DebugSleepRequest(milliseconds), call);
    }

    // redis 7 debug.c; there are no addresses to tell, and the length is that in memory.
    private static void ShowObject(in RespCall call)
    {
        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        if (!scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item))
        {
            call.Error("-ERR no such key\r\n"u8);
            return;
        }

        string encoding = item.Type == ItemType.String
            ? "raw" : Encoding.ASCII.GetString(TypeTable.EncodingOf(item.Type, ShardCollections.Describe(item)));
        long idle = Math.Max(call.Now - item.LastAccess, 0) / 1000;
        call.Output.WriteSimple(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"Value at:0x0 refcount:1 encoding:{encoding} serializedlength:{item.Length} "
            + $"lru:{item.LastAccess / 1000 & 0xFFFFFF} lru_seconds_idle:{idle}")));
    }
}
