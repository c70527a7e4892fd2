namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>OBJECT: details of items.</summary>
internal sealed class ObjectCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("object", -2, CommandFlags.None)
    {
        Group = "generic",
        Since = "2.2.3",
        Summary = "A container for object introspection commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
