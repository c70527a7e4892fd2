using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>PING [message].</summary>
internal sealed class PingCommand() : RespCommand(
    new CommandDescriptor("ping", -1, CommandFlags.Fast)
    {
        Categories = AclCategories.Connection,
        Tips = ["request_policy:all_shards", "response_policy:all_succeeded"],
        Group = "connection",
        Since = "1.0.0",
        Summary = "Ping the server",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Services.Pair is { } pair && call.Client.Sentinel != 0)
        {
            pair.HearPing(call.Client);
        }

        if (call.Count > 2)
        {
            call.Error(RespErrors.WrongArity(Name));
        }
        else if (call.Services.Pair is { IsReady: false })
        {
            call.Error(RespErrors.NotReady);
        }
        else if (call.Connection.IsLimitedToSubscriptions)
        {
            call.Output.WriteArray(2);
            call.Output.WriteBulk("pong"u8);
            call.Output.WriteBulk(call.Count == 2 ? call[1] : default);
        }
        else if (call.Count == 2)
        {
            call.Output.WriteBulk(call[1]);
        }
        else
        {
            call.Output.Write("+PONG\r\n"u8);
        }
    }
}
