using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND: what commands there are.</summary>
internal sealed class CommandCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("command", -1, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output_order"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Get array of Redis command details",
        Complexity = "O(N) where N is the total number of Redis commands",
    }, subcommands)
{
    public override void Execute(in RespCall call)
    {
        IReadOnlyList<RespCommand> all = CommandTable.All.Commands;
        call.Output.WriteArray(all.Count);
        foreach (RespCommand command in all)
        {
            CommandWriter.WriteInfo(call.Output, command, call.Version);
        }
    }
}
