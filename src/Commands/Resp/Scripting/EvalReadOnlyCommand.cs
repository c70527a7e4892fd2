namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>EVAL_RO script numkeys [key ...] [arg ...].</summary>
internal sealed class EvalReadOnlyCommand() : RespCommand(
    new CommandDescriptor(
        "eval_ro", -3,
        CommandFlags.ReadOnly | CommandFlags.NoScript | CommandFlags.Stale | CommandFlags.SkipMonitor
        | CommandFlags.NoMandatoryKeys | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.Scripting,
        Keys =
        [
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 2)
            {
                IsCounted = true,
                Notes = "We cannot tell how the keys will be used so we assume the worst, RO and ACCESS",
            },
        ],
        Group = "scripting",
        Since = "7.0.0",
        Summary = "Execute a read-only Lua script server side",
        Complexity = "Depends on the script that is executed.",
    })
{
    public override void Execute(in RespCall call)
    {
        call.Services.Resp.Watch.Monitors.TellScript(call);
        if (LoadedScript.TryKeyCount(call, out int keyCount))
        {
            Evaluation.RunText(call, keyCount, isReadOnly: true);
        }
    }

    public override ulong ShardsToLock(in RespCall call) => ulong.MaxValue;
}
