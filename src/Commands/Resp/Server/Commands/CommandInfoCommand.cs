using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND INFO [name ...].</summary>
internal sealed class CommandInfoCommand() : RespCommand(
    new CommandDescriptor("command|info", -2, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Tips = ["nondeterministic_output_order"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Get array of specific Redis command details, or all when no argument is given.",
        Complexity = "O(N) where N is the number of commands to look up",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count == 2)
        {
            IReadOnlyList<RespCommand> all = CommandTable.All.Commands;
            call.Output.WriteArray(all.Count);
            foreach (RespCommand command in all)
            {
                CommandWriter.WriteInfo(call.Output, command, call.Version);
            }

            return;
        }

        call.Output.WriteArray(call.Count - 2);
        for (int i = 2; i < call.Count; i++)
        {
            if (CommandTable.All.FindFull(call[i]) is { } command)
            {
                CommandWriter.WriteInfo(call.Output, command, call.Version);
            }
            else
            {
                call.WriteNull();
            }
        }
    }
}
