using System.Globalization;
using System.Text.Json.Nodes;

namespace SessionGateway.UnitTests.Support;

/// <summary>A RESP2 reply as a tree: arrays, numbers and texts.</summary>
internal static class RespTree
{
    /// <summary>Reads one reply.</summary>
    public static JsonNode? Parse(string reply)
    {
        int at = 0;
        JsonNode? node = Parse(reply, ref at);
        Assert.Equal(reply.Length, at);
        return node;
    }

    private static JsonNode? Parse(string reply, ref int at)
    {
        int end = reply.IndexOf("\r\n", at, StringComparison.Ordinal);
        char type = reply[at];
        string line = reply[(at + 1)..end];
        at = end + 2;
        int count = type is '$' or '*' ? int.Parse(line, CultureInfo.InvariantCulture) : 0;
        switch (type)
        {
            case '+':
                return line;
            case ':':
                return long.Parse(line, CultureInfo.InvariantCulture);
            case '$' when count >= 0:
                string text = reply.Substring(at, count);
                at += count + 2;
                return text;
            case '*' when count >= 0:
                var array = new JsonArray();
                for (int i = 0; i < count; i++)
                {
                    array.Add(Parse(reply, ref at));
                }

                return array;
            case '$' or '*':
                return null;
            default:
                throw new FormatException($"not a RESP2 reply: {type}{line}");
        }
    }
}
