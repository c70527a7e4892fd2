using System.Text;
using System.Text.Json.Nodes;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.UnitTests.Support;

/// <summary>A RESP2 reply as a tree: arrays, numbers and texts.</summary>
internal static class RespTree
{
    /// <summary>Reads one reply.</summary>
    public static JsonNode? Parse(string reply)
    {
        var reader = new RespReplyReader(Segments.BytesOf(reply));
        Assert.True(reader.Read());
        JsonNode? node = Parse(ref reader);
        Assert.False(reader.Read());
        return node;
    }

    private static JsonNode? Parse(ref RespReplyReader reader)
    {
        switch (reader.Kind)
        {
            case RespReplyKind.Simple or RespReplyKind.Bulk:
                return Encoding.Latin1.GetString(reader.Text);
            case RespReplyKind.Integer:
                return reader.Integer;
            case RespReplyKind.Null:
                return null;
            case RespReplyKind.Array:
                var array = new JsonArray();
                for (long left = reader.Count; left > 0; left--)
                {
                    Assert.True(reader.Read());
                    array.Add(Parse(ref reader));
                }

                return array;
            default:
                throw new FormatException($"not a RESP2 reply: {reader.Kind} {Encoding.Latin1.GetString(reader.Text)}");
        }
    }
}
