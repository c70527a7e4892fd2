namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>EVALSHA_RO sha1 numkeys [key ...] [arg ...].</summary>
internal sealed class EvalShaReadOnlyCommand() : RespCommand(
    new CommandDescriptor(
        "evalsha_ro", -3,
        CommandFlags.ReadOnly | CommandFlags.NoScript | CommandFlags.Stale | CommandFlags.SkipMonitor
        | CommandFlags.NoMandatoryKeys | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.Scripting,
        Keys =
        [
            new KeySpec(KeyAccess.RO | KeyAccess.Access, 2)
            {
                IsCounted = true,
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
        // Before the number of keys is looked at.
        if (call[1].Length != ScriptCache.Sha1Chars)
        {
            call.Error(Evaluation.NoScript);
        }
        else if (LoadedScript.TryKeyCount(call, out int keyCount))
        {
            Evaluation.RunSha1(call, keyCount, isReadOnly: true);
        }
    }

    public override ulong ShardsToLock(in RespCall call) => ulong.MaxValue;
}
