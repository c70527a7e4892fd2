using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>One run of a script: KEYS and ARGV, numbered from 1 as in Lua.</summary>
internal readonly ref struct ScriptCall
{
    private const int FirstKey = 3;
    private readonly LoadedScript _script;
    private readonly int _keyCount;

    public ScriptCall(RespCall call, LoadedScript script, int keyCount)
    {
        Call = call;
        _script = script;
        _keyCount = keyCount;
    }

    public RespCall Call { get; }

    /// <summary>ARGV has this element.</summary>
    public bool HasArgument(int number) => FirstKey + _keyCount + number - 1 < Call.Count;

    /// <summary>ARGV[number].</summary>
    public ReadOnlySpan<byte> Argument(int number) => Call[FirstKey + _keyCount + number - 1];

    /// <summary>KEYS[1], when there is one; otherwise the error of the first command that uses it.</summary>
    public bool TryKey(out ItemKey key)
    {
        if (_keyCount == 0)
        {
            key = default;
            MissingArgument(0);
            return false;
        }

        key = Call.Key(FirstKey);
        return true;
    }

    /// <summary>ARGV[number] as a number, or the error of the command that reads it.</summary>
    public bool TryInteger(int number, int command, out long value)
    {
        value = 0;
        if (!HasArgument(number))
        {
            MissingArgument(command);
            return false;
        }

        if (!RespNumbers.TryInt64(Argument(number), out value))
        {
            Error("ERR value is not an integer or out of range", command);
            return false;
        }

        return true;
    }

    /// <summary>
    /// Gives an item an expiry, or ends it when that has passed, and answers 1; or writes the error of the command.
    /// </summary>
    /// <param name="shard">Shard of the item, locked.</param>
    /// <param name="key">Key of an item that is there.</param>
    /// <param name="start">Unix milliseconds from which the time counts.</param>
    /// <param name="time">Time to live from then on.</param>
    /// <param name="command">Number of the command in the script.</param>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Milliseconds in one unit of the time.</param>
    public void Expire(
        Shard shard, in ItemKey key, long start, long time, int command, string name = "pexpire", int unit = 1)
    {
        if (time > (long.MaxValue - start) / unit || time < long.MinValue / unit)
        {
            Error(RespErrors.InvalidExpire(name), command);
            return;
        }

        long expiresAt = start + time * unit;
        if (expiresAt <= Call.Now)
        {
            shard.Remove(key, RemoveReason.Deleted, Call.Now);
            Call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }
        else
        {
            shard.SetExpiry(key, expiresAt, Call.Now);
            Call.Notify(KeyEventClasses.Generic, "expire"u8, key);
        }

        Call.Output.WriteInteger(1);
    }

    /// <summary>The error of a command that got nil.</summary>
    public void MissingArgument(int command) =>
        Error("ERR Lua redis lib command arguments must be strings or integers", command);

    /// <summary>The key of a command of the script holds something else than a string.</summary>
    public void WrongType(int command) =>
        Error("WRONGTYPE Operation against a key holding the wrong kind of value", command);

    /// <summary>An error of the script's command number <paramref name="command"/>, from 0.</summary>
    public void Error(string text, int command) =>
        Call.Error($"{text} script: {_script.Sha1}, on @user_script:{_script.CallLines[command]}.");
}
