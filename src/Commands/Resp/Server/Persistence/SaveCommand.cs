namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>SAVE: writes a state of all items into the log. Others are served meanwhile.</summary>
internal sealed class SaveCommand() : RespCommand(
    new CommandDescriptor(
        "save", 1,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.NoAsyncLoading | CommandFlags.NoMulti)
    {
        Categories = AclCategories.Admin | AclCategories.Dangerous,
        Group = "server",
        Since = "1.0.0",
        Summary = "Synchronously save the dataset to disk",
        Complexity = "O(N) where N is the total number of keys in all databases",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Services.Persistence is not { } log)
        {
            call.Error(NothingKept);
            return;
        }

        StateFigures before = log.StatesFor(StateKind.Save);
        if (log.TryWriteState(StateKind.Save))
        {
            call.Connection.Run(new SaveRequest(log, before), call);
        }
        else
        {
            call.Error("-ERR Background save already in progress\r\n"u8);
        }
    }

    /// <summary>The answer of all commands that are about the disk when there is none.</summary>
    public static ReadOnlySpan<byte> NothingKept => "-ERR nothing is kept on a disk: --persist is none\r\n"u8;
}
