namespace SessionGateway.Commands.Resp.Connection.Client;

/// <summary>CLIENT: this connection and the others.</summary>
internal sealed class ClientCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("client", -2, CommandFlags.None)
    {
        Group = "connection",
        Since = "2.4.0",
        Summary = "A container for client connection commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
