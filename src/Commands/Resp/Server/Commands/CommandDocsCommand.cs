using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND DOCS [name ...].</summary>
internal sealed class CommandDocsCommand() : RespCommand(
    new CommandDescriptor("command|docs", -2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output_order"],
        Group = "server",
        Since = "7.0.0",
        Summary = "Get array of specific Redis command documentation",
        Complexity = "O(N) where N is the number of commands to look up",
    })
{
    public override void Execute(in RespCall call)
    {
        List<RespCommand> found = [];
        if (call.Count == 2)
        {
            found.AddRange(CommandTable.All.Commands);
        }

        for (int i = 2; i < call.Count; i++)
        {
            if (CommandTable.All.FindFull(call[i]) is { } command)
            {
                found.Add(command);
            }
        }

        call.Output.WriteMap(found.Count, call.Version);
        foreach (RespCommand command in found)
        {
            call.Output.WriteBulk(command.Name);
            CommandWriter.WriteDocs(call.Output, command, call.Version);
        }
    }
}
