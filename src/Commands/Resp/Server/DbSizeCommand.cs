using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>DBSIZE.</summary>
internal sealed class DbSizeCommand() : RespCommand(
    new CommandDescriptor("dbsize", 1, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["request_policy:all_shards", "response_policy:agg_sum"],
        Group = "server",
        Since = "1.0.0",
        Summary = "Return the number of keys in the selected database",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(call.Store.Count(call.Client.Database));
}
