namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>EVALSHA sha1 numkeys [key ...] [arg ...].</summary>
internal sealed class EvalShaCommand() : RespCommand(
    new CommandDescriptor(
        "evalsha", -3,
        CommandFlags.NoScript | CommandFlags.Stale | CommandFlags.SkipMonitor
        | CommandFlags.NoMandatoryKeys | CommandFlags.MovableKeys)
    {
        Categories = AclCategories.Scripting,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 2)
            {
                IsCounted = true,
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
        // Before the number of keys is looked at.
        if (call[1].Length != ScriptCache.Sha1Chars)
        {
            call.Error(Evaluation.NoScript);
        }
        else if (LoadedScript.TryKeyCount(call, out int keyCount))
        {
            Evaluation.RunSha1(call, keyCount, isReadOnly: false);
        }
    }

    public override ulong ShardsToLock(in RespCall call) =>
        Evaluation.ShardsToLock(call, base.ShardsToLock(call), isText: false);
}
