namespace SessionGateway.Commands.Resp.Server.SlowLog;

/// <summary>COMMANDLOG of valkey 8.1: slow commands, large requests and large replies; off here, as SLOWLOG
/// is.</summary>
internal sealed class CommandLogCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("commandlog", -2, CommandFlags.None)
    {
        Group = "server",
        Since = "8.1.0",
        Summary = "A container for command log commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));

    /// <summary>True when an argument is one of the three logs; else writes the error.</summary>
    internal static bool TryType(in RespCall call, int index)
    {
        if (call.Is(index, "slow"u8) || call.Is(index, "large-request"u8) || call.Is(index, "large-reply"u8))
        {
            return true;
        }

        call.Error("-ERR type should be one of the following: slow, large-request, large-reply\r\n"u8);
        return false;
    }
}
