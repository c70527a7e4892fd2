using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>SELECT index.</summary>
internal sealed class SelectCommand() : RespCommand(
    new CommandDescriptor("select", 2, CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "1.0.0",
        Summary = "Change the selected database for the current connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.TryDatabase(1, out int database))
        {
            call.Client.Database = database;
            call.Output.WriteOk();
        }
    }

    // The commands behind it in the queue use another database than the one selected now.
    public override ulong ShardsToLock(in RespCall call) => ulong.MaxValue;
}
