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

    /// <summary>The error of a command that got nil.</summary>
    public void MissingArgument(int command) =>
        Error("ERR Lua redis lib command arguments must be strings or integers", command);

    /// <summary>An error of the script's command number <paramref name="command"/>, from 0.</summary>
    public void Error(string text, int command) =>
        Call.Error($"{text} script: {_script.Sha1}, on @user_script:{_script.CallLines[command]}.");
}
