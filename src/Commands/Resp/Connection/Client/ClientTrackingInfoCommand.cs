using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT TRACKINGINFO: it is off, as there is no client-side caching here.</summary>
internal sealed class ClientTrackingInfoCommand() : RespCommand(
    new CommandDescriptor("client|trackinginfo", 2, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.2.0",
        Summary = "Return information about server assisted client side caching for the current connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Output.WriteMap(3, call.Version);
        call.Output.WriteBulk("flags"u8);
        call.Output.WriteSet(1, call.Version);
        call.Output.WriteBulk("off"u8);
        call.Output.WriteBulk("redirect"u8);
        call.Output.WriteInteger(-1);
        call.Output.WriteBulk("prefixes"u8);
        call.Output.WriteArray(0);
    }
}
