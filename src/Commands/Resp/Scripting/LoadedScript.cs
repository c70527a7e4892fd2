using SessionGateway.Commands.Resp.Scripting.Meanings;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>A script that was sent.</summary>
/// <param name="sha1">SHA1 of its text, lower case hexadecimal.</param>
/// <param name="text">The text.</param>
/// <param name="meaning">What it does, when that is known without Lua; null for a script that Lua runs.</param>
internal sealed class LoadedScript(string sha1, byte[] text, ScriptMeaning? meaning)
{
    // Objects, places in tables, and what an engine or two keep compiled: code is about twice its text.
    private const int Overhead = 1024;

    private volatile bool _staysWithinKeys;
    private volatile bool _takesAllShards;
    private volatile bool _isQuick;

    /// <summary>SHA1 of the text, lower case hexadecimal.</summary>
    public string Sha1 { get; } = sha1;

    /// <summary>The text.</summary>
    public byte[] Text { get; } = text;

    /// <summary>What its first line asks for.</summary>
    public Shebang Shebang { get; } = Shebang.Read(text);

    /// <summary>What Lua compiles: the text without that line, whose end counts as a line.</summary>
    public ReadOnlySpan<byte> Code => Text.AsSpan(Shebang.Length);

    /// <summary>What it does, when that is known without Lua.</summary>
    public ScriptMeaning? Meaning { get; } = meaning;

    /// <summary>Line of each <c>redis.call</c>: errors name it.</summary>
    public int[] CallLines { get; } = meaning is null ? [] : LinesOfCalls(text);

    /// <summary>What it is counted with in the memory limit.</summary>
    public long Bytes => Overhead + (3L * Text.Length);

    /// <summary>
    /// True when the shards of the declared keys are not enough: in the first run, which shows it, and once a run has
    /// touched another key.
    /// </summary>
    public bool TakesAllShards => _takesAllShards || !_staysWithinKeys;

    /// <summary>Its latest run took no time worth mentioning.</summary>
    public bool IsQuick
    {
        get => _isQuick;
        set => _isQuick = value;
    }

    /// <summary>A run is complete.</summary>
    public void Learn(bool touchedOthers)
    {
        _takesAllShards |= touchedOthers;
        _staysWithinKeys = true;
    }

    /// <summary>Reads the number of keys, or writes the error.</summary>
    public static bool TryKeyCount(in RespCall call, out int keyCount)
    {
        keyCount = 0;
        if (!call.TryInteger(2, out long number))
        {
            return false;
        }

        if (number > call.Count - 3)
        {
            call.Error("-ERR Number of keys can't be greater than number of args\r\n"u8);
            return false;
        }

        if (number < 0)
        {
            call.Error("-ERR Number of keys can't be negative\r\n"u8);
            return false;
        }

        keyCount = (int)number;
        return true;
    }

    private static int[] LinesOfCalls(ReadOnlySpan<byte> text)
    {
        List<int> lines = [];
        int line = 1;
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == (byte)'\n')
            {
                line++;
            }
            else if (text[at..].StartsWith("redis.call"u8))
            {
                lines.Add(line);
            }
        }

        return [.. lines];
    }
}
