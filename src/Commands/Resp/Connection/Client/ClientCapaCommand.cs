using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT CAPA capability [capability ...] (valkey 8): what the client understands; unknown capabilities are
/// no errors. A gateway that forwards a connection says so here, too.</summary>
internal sealed class ClientCapaCommand() : RespCommand(
    new CommandDescriptor(
        "client|capa", -3, CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "8.0.0",
        Summary = "A client claims its capability.",
        Complexity = "O(1)",
    })
{
    private static ReadOnlySpan<byte> Forwarded => "forwarded="u8;

    public override void Execute(in RespCall call)
    {
        for (int i = 2; i < call.Count; i++)
        {
            call.Client.FollowsRedirects |= call.Is(i, "redirect"u8);
            if (call[i].StartsWith(Forwarded)
                && RespNumbers.TryInt64(call[i][Forwarded.Length..], out long hops) && hops is > 0 and <= byte.MaxValue)
            {
                call.Client.Hops = (int)hops;
            }
        }

        call.Output.WriteOk();
    }
}
