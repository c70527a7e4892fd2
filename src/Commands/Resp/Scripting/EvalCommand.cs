namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>EVAL script numkeys [key ...] [arg ...].</summary>
internal sealed class EvalCommand() : RespCommand(
    new CommandDescriptor(
        "eval", -3,
        CommandFlags.NoScript | CommandFlags.Stale | CommandFlags.SkipMonitor
        | CommandFlags.NoMandatoryKeys | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.Scripting,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 2)
            {
                IsCounted = true,
                Notes = "We cannot tell how the keys will be used so we assume the worst, RW and UPDATE",
            },
        ],
        Group = "scripting",
        Since = "2.6.0",
        Summary = "Execute a Lua script server side",
        Complexity = "Depends on the script that is executed.",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Services.Resp.Watch.Monitors.TellScript(call);
        if (!LoadedScript.TryKeyCount(call, out int keyCount))
        {
            return;
        }

        Evaluation.RunText(call, keyCount, isReadOnly: false);
    }

    public override ulong ShardsToLock(in RespCall call) =>
        Evaluation.ShardsToLock(call, base.ShardsToLock(call), isText: true);
}
