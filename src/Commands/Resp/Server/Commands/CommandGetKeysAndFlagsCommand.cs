using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Commands;

/// <summary>COMMAND GETKEYSANDFLAGS command [arg ...].</summary>
internal sealed class CommandGetKeysAndFlagsCommand() : RespCommand(
    new CommandDescriptor("command|getkeysandflags", -4, CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "server",
        Since = "7.0.0",
        Summary = "Extract keys and access flags given a full Redis command",
        Complexity = "O(N) where N is the number of arguments to the command",
    })
{
    public override void Execute(in RespCall call)
    {
        if (!InnerCommand.TryFind(call, out RespCommand? command, out RespCall inner, out List<int> places))
        {
            return;
        }

        call.Output.WriteArray(places.Count);
        foreach (int place in places)
        {
            call.Output.WriteArray(2);
            call.Output.WriteBulk(inner[place]);
            CommandWriter.WriteAccess(call.Output, command.AccessOf(inner, place), call.Version);
        }
    }
}
