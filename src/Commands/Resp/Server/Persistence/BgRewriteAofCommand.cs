namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>BGREWRITEAOF: the log begins anew with a state of all items, so that it becomes short.</summary>
internal sealed class BgRewriteAofCommand() : RespCommand(
    new CommandDescriptor("bgrewriteaof", 1, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.NoAsyncLoading)
    {
        Categories = AclCategories.Admin | AclCategories.Dangerous,
        Group = "server",
        Since = "1.0.0",
        Summary = "Asynchronously rewrite the append-only file",
        Complexity = "O(1)",
    })
{
    // aof.c, bgrewriteaofCommand
    public override void Execute(in RespCall call)
    {
        if (call.Services.Persistence is not { } log)
        {
            call.Error(SaveCommand.NothingKept);
        }
        else if (log.StatesFor(StateKind.Rewrite).IsRunning)
        {
            call.Error("-ERR Background append only file rewriting already in progress\r\n"u8);
        }
        else if (!call.Context.IsAtomicStep && log.TryWriteState(StateKind.Rewrite))
        {
            call.Output.Write("+Background append only file rewriting started\r\n"u8);
        }
        else
        {
            log.ScheduleState(StateKind.Rewrite);
            call.Output.Write("+Background append only file rewriting scheduled\r\n"u8);
        }
    }
}
