using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND GETKEYS command [arg ...].</summary>
internal sealed class CommandGetKeysCommand() : RespCommand(
    new CommandDescriptor("command|getkeys", -4, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "server",
        Since = "2.8.13",
        Summary = "Extract keys given a full Redis command",
        Complexity = "O(N) where N is the number of arguments to the command",
    })
{
    public override void Execute(in RespCall call)
    {
        if (InnerCommand.TryFind(call, out RespCommand? _, out RespCall inner, out List<int> places))
        {
            call.Output.WriteArray(places.Count);
            foreach (int place in places)
            {
                call.Output.WriteBulk(inner[place]);
            }
        }
    }
}
