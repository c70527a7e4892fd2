using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT GETREDIR: there is no client-side caching here.</summary>
internal sealed class ClientGetRedirCommand() : RespCommand(
    new CommandDescriptor("client|getredir", 2, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.0.0",
        Summary = "Get tracking notifications redirection client ID if any",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Output.WriteInteger(-1);
}
