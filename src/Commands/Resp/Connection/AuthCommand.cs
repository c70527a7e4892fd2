using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>AUTH [username] password.</summary>
internal sealed class AuthCommand() : RespCommand(
    new CommandDescriptor(
        "auth", -2,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast
        | CommandFlags.NoAuth | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "1.0.0",
        Summary = "Authenticate to the server",
        Complexity = "O(N) where N is the number of passwords defined for the user",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count > 3)
        {
            call.Error(RespErrors.Syntax);
        }
        else if (call.Count == 2 && !call.Services.Credentials.AreRequired)
        {
            call.Error("ERR AUTH <password> called without any password configured for the default user. "
                + "Are you sure your configuration is correct?");
        }
        else if (Login.Try(call, call.Count == 3 ? call[1] : "default"u8, call[call.Count - 1]))
        {
            call.Output.WriteOk();
        }
        else
        {
            call.Error(RespErrors.WrongPass);
        }
    }
}
