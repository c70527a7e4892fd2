using SessionGateway.Commands.Resp.Scripting.Meanings;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>What EVAL, EVALSHA and their read-only kinds have in common.</summary>
internal static class Evaluation
{
    // Ours: redis takes any length.
    private static ReadOnlySpan<byte> TooLong => "-ERR script is longer than 65536 bytes\r\n"u8;

    /// <summary>The answer when nobody brought the script.</summary>
    public static ReadOnlySpan<byte> NoScript => "-NOSCRIPT No matching script. Please use EVAL.\r\n"u8;

    /// <summary>Runs the text in the first argument and keeps it.</summary>
    public static void RunText(in RespCall call, int keyCount, bool isReadOnly)
    {
        if (call.Services.Resp.Scripts.Make(call[1]) is not { } script)
        {
            call.Error(TooLong);
        }
        else if (script.Meaning is null && call.Context.Scripts.MustRest(script, call.Client))
        {
            // It is run again.
        }
        else if (script.Meaning is not null || ScriptRun.TryCompile(call, script))
        {
            call.Services.Resp.Scripts.Keep(script, call.Services, isLoaded: false);
            Run(call, script, keyCount, isReadOnly);
        }
    }

    /// <summary>Runs the script whose SHA1 is the first argument.</summary>
    public static void RunSha1(in RespCall call, int keyCount, bool isReadOnly)
    {
        if (call.Services.Resp.Scripts.Find(call[1]) is { } script)
        {
            if (script.Meaning is null && call.Context.Scripts.MustRest(script, call.Client))
            {
                return;
            }

            Run(call, script, keyCount, isReadOnly);
        }
        else
        {
            call.Error(NoScript);
        }
    }

    /// <summary>SCRIPT LOAD.</summary>
    public static void Load(in RespCall call, ReadOnlySpan<byte> text)
    {
        if (call.Services.Resp.Scripts.Make(text) is not { } script)
        {
            call.Error(TooLong);
        }
        else if (script.Meaning is null && call.Context.Scripts.MustRest(script, call.Client))
        {
            // It is loaded then.
        }
        else if (script.Meaning is not null || ScriptRun.TryCompile(call, script))
        {
            call.Services.Resp.Scripts.Keep(script, call.Services, isLoaded: true);
            Protocols.Resp.RespWriter.WriteBulk(call.Output, script.Sha1);
        }
    }

    /// <summary>
    /// The shards to lock before running inside a transaction: those of the keys when the script's meaning is known,
    /// otherwise all, because Lua may name any key and EXEC cannot take more locks later.
    /// </summary>
    public static ulong ShardsToLock(in RespCall call, ulong ofKeys, bool isText)
    {
        LoadedScript? script = isText ? call.Services.Resp.Scripts.Make(call[1]) : call.Services.Resp.Scripts.Find(
            call[1]);
        return script is null or { Meaning: not null } ? ofKeys : ulong.MaxValue;
    }

    private static void Run(in RespCall call, LoadedScript script, int keyCount, bool isReadOnly)
    {
        // Without a first line it is checked command by command.
        if (isReadOnly && script.Shebang is { Length: > 0, IsReadOnly: false })
        {
            call.Error("-ERR Can not execute a script with write flag using *_ro command.\r\n"u8);
            return;
        }

        isReadOnly |= script.Shebang.IsReadOnly;

        // The known scripts all write. A monitor is shown their commands, but for EXEC, which holds only their keys.
        bool isShown = call.Services.Resp.Watch.Monitors.AreAny && !call.Context.IsAtomicStep;
        if (script.Meaning is { } meaning && !isReadOnly && !isShown)
        {
            if (call.Services.Claims.AreAny)
            {
                RunUnlessKept(call, script, meaning, keyCount);
                return;
            }

            meaning.Run(new ScriptCall(call, script, keyCount));
        }
        else
        {
            ScriptRun.Execute(call, script, keyCount, isReadOnly);
        }
    }

    private static void RunUnlessKept(in RespCall call, LoadedScript script, ScriptMeaning meaning, int keyCount)
    {
        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(3, 2 + keyCount, 1));
        ulong[] keys = new ulong[keyCount];
        for (int i = 0; i < keyCount; i++)
        {
            keys[i] = call.Key(3 + i).Hash;
        }

        if (call.Context.IsAtomicStep || !ScriptRun.MustWait(call, keys))
        {
            meaning.Run(new ScriptCall(call, script, keyCount));
        }
    }
}
