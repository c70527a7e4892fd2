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
        if (call[1].Length != ScriptCache.Sha1Chars)
        {
            call.Error(NoScript);
            return;
        }

        if (!LoadedScript.TryKeyCount(call, out int keyCount))
        {
            return;
        }

        if (call.Services.Resp.Scripts.Find(call[1]) is { } script)
        {
            script.Run(call, keyCount);
        }
        else
        {
            call.Error(NoScript);
        }
    }

    private static ReadOnlySpan<byte> NoScript => "-NOSCRIPT No matching script. Please use EVAL.\r\n"u8;
}
