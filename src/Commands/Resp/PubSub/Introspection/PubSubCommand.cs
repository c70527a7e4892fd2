namespace SessionGateway.Commands.Resp.PubSub.Introspection;

/// <summary>PUBSUB: who listens to what.</summary>
internal sealed class PubSubCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("pubsub", -2, CommandFlags.None)
    {
        Group = "pubsub",
        Since = "2.8.0",
        Summary = "A container for Pub/Sub commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
