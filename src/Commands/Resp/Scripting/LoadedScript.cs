using SessionGateway.Commands.Resp.Scripting.Meanings;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>A script that was sent.</summary>
/// <param name="Sha1">SHA1 of its text, lower case hexadecimal.</param>
/// <param name="Meaning">What it does.</param>
/// <param name="CallLines">Line of each <c>redis.call</c>: errors name it.</param>
internal sealed record LoadedScript(string Sha1, ScriptMeaning Meaning, int[] CallLines)
{
    /// <summary>Finds the lines of the calls.</summary>
    public static int[] LinesOfCalls(ReadOnlySpan<byte> text)
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

    /// <summary>
    /// Runs it for <c>EVAL script numkeys [key ...] [arg ...]</c>, after the number was read by <see
    /// cref="TryKeyCount"/>.
    /// </summary>
    public void Run(in RespCall call, int keyCount) => Meaning.Run(new ScriptCall(call, this, keyCount));

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
}
