using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>Looks at the stored items without PHP, over sockets.</summary>
internal static class RawStore
{
    /// <summary>Asks over memcached's text protocol.</summary>
    /// <returns>The item, or null when there is none.</returns>
    public static RawItem? Memcached(int port, string key)
    {
        using var connection = RawConnection.Connect(port);
        connection.Send($"get {key}\r\n");
        TextReply reply = connection.ReadText();
        if (reply.Is("END"u8))
            return null;
        if (!reply.IsValue || Encoding.Latin1.GetString(reply.Key) != key || !connection.ReadText().Is("END"u8))
            throw new InvalidDataException($"get {key} answered {Encoding.Latin1.GetString(reply.Line)}");
        return new RawItem(reply.Value.ToArray(), reply.Flags);
    }

    /// <summary>Asks over RESP.</summary>
    /// <returns>The item, or null when there is none.</returns>
    public static RawItem? Redis(int port, string key, int database = 0)
    {
        using var connection = RawConnection.Connect(port);
        connection.Ask(Command("SELECT", $"{database}"), "+OK\r\n");
        connection.Send(Command("GET", key));
        RespReplyReader reply = connection.ReadResp();
        return reply.Kind switch
        {
            RespReplyKind.Null => null,
            RespReplyKind.Bulk => new RawItem(reply.Text.ToArray(), 0),
            _ => throw new InvalidDataException($"GET {key} answered {Encoding.Latin1.GetString(reply.Text)}"),
        };
    }

    /// <summary>Sends one request and checks the answer.</summary>
    public static void Ask(int port, string request, string answer)
    {
        using var connection = RawConnection.Connect(port);
        connection.Send(request);
        Expect(connection, answer);
    }

    /// <summary>A RESP command as bytes.</summary>
    public static string Command(params string[] words) => Encoding.Latin1.GetString(Requests.Resp(words));

    private static void Expect(RawConnection connection, string answer)
    {
        string got = Encoding.Latin1.GetString(connection.ReadExactly(answer.Length));
        if (got != answer)
            throw new InvalidDataException($"wanted {answer}, got {got}");
    }
}
