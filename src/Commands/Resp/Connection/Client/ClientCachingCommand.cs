namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT CACHING YES | NO: there is no client-side caching here.</summary>
internal sealed class ClientCachingCommand() : RespCommand(
    new CommandDescriptor("client|caching", 3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.0.0",
        Summary = "Instruct the server about tracking or not keys in the next request",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call) => call.Error(
        "-ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode "u8
        + "enabled\r\n"u8);
}
