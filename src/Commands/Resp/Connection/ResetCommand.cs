using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.Transactions;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>RESET: the connection is as if it had just been opened.</summary>
internal sealed class ResetCommand() : RespCommand(
    new CommandDescriptor(
        "reset", 1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast
        | CommandFlags.NoAuth | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.2.0",
        Summary = "Reset the connection",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ClientConnection client = call.Client;
        Transaction.End(call);
        Subscriptions.Clear(call);
        if (client.IsMonitor)
        {
            // What was executed before it is told before its answer, nothing behind it.
            call.TakePushes();
        }

        Monitors.Leave(call.Services, call.Connection, client);
        call.Connection.ResetReplies(call.Output);
        client.Database = 0;
        client.TouchesNothing = false;
        client.RespVersion = 2;
        client.Name = "";
        client.TakesOldItems = false;
        client.User = "default";
        client.IsAuthenticated = !call.Services.Credentials.AreRequired;
        call.Output.WriteSimple("RESET"u8);
    }
}
