namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>BGSAVE [SCHEDULE]: begins to write a state of all items into the log.</summary>
internal sealed class BgSaveCommand() : RespCommand(
    new CommandDescriptor("bgsave", -1, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.NoAsyncLoading)
    {
        Categories = AclCategories.Admin | AclCategories.Dangerous,
        Group = "server",
        Since = "1.0.0",
        Summary = "Asynchronously save the dataset to disk",
        Complexity = "O(1)",
    })
{
    // rdb.c, bgsaveCommand
    public override void Execute(in RespCall call)
    {
        bool schedules = call.Count == 2 && call.Is(1, "schedule"u8);
        if (call.Count > 1 && !schedules)
        {
            call.Error(RespErrors.Syntax);
        }
        else if (call.Services.Persistence is not { } log)
        {
            call.Error(SaveCommand.NothingKept);
        }
        else if (log.StatesFor(StateKind.Save).IsRunning)
        {
            call.Error("-ERR Background save already in progress\r\n"u8);
        }
        else if (!call.Context.IsAtomicStep && log.TryWriteState(StateKind.Save))
        {
            call.Output.Write("+Background saving started\r\n"u8);
        }
        else if (schedules || call.Context.IsAtomicStep)
        {
            log.ScheduleState(StateKind.Save);
            call.Output.Write("+Background saving scheduled\r\n"u8);
        }
        else
        {
            call.Error("ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in "
                + "order to schedule a BGSAVE whenever possible.");
        }
    }
}
