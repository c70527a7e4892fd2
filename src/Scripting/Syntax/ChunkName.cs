namespace SessionGateway.Scripting.Syntax;

/// <summary>How messages name a text (luaO_chunkid of Lua 5.1).</summary>
internal static class ChunkName
{
    private const int Most = 60;

    /// <summary>The name of a chunk as messages have it.</summary>
    public static string Of(string name)
    {
        if (name.StartsWith('=') || name.StartsWith('@'))
        {
            return name.Length > Most ? name[1..Most] : name[1..];
        }

        int end = name.AsSpan().IndexOfAny('\n', '\r');
        string line = end < 0 ? name : name[..end];
        int room = Most - "[string \"...\"] ".Length - 1;
        return line.Length > room || end >= 0
            ? $"[string \"{line[..Math.Min(line.Length, room)]}...\"]" : $"[string \"{line}\"]";
    }
}
