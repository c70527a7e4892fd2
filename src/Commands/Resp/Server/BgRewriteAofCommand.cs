namespace SessionGateway.Commands.Resp.Server;

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
    public override void Execute(in RespCall call)
    {
        if (call.Services.Persistence is not { } log)
        {
            call.Error("-ERR nothing is kept on a disk: --persist is none\r\n"u8);
        }
        else if (log.TryWriteState())
        {
            call.Output.Write("+Background append only file rewriting started\r\n"u8);
        }
        else
        {
            call.Error("-ERR Background append only file rewriting already in progress\r\n"u8);
        }
    }
}
