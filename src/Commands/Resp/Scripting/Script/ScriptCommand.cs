namespace SessionGateway.Commands.Resp.Scripting.Script;

/// <summary>SCRIPT: the scripts that were sent.</summary>
internal sealed class ScriptCommand(params RespCommand[] subcommands) : RespCommand(
    new CommandDescriptor("script", -2, CommandFlags.None)
    {
        Group = "scripting",
        Since = "2.6.0",
        Summary = "A container for Lua scripts management commands",
        Complexity = "Depends on subcommand.",
    }, subcommands)
{
    public override void Execute(in RespCall call) => call.Error(RespErrors.WrongArity(Name));
}
