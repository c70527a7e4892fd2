using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>Asks a server one thing at a time, over a connection of its own.</summary>
internal static class RespPort
{
    public static string Ask(int port, params string[] words)
    {
        using var connection = RawConnection.Connect(port);
        return Ask(connection, words);
    }

    public static string Ask(RawConnection connection, params string[] words)
    {
        connection.Send(Requests.Resp(words));
        return Read(connection);
    }

    /// <summary>The text of a reply; elements with spaces between them.</summary>
    public static string Read(RawConnection connection)
    {
        RespReplyReader reader = connection.ReadResp();
        if (!RespReplyReader.IsAggregate(reader.Kind))
            return Encoding.Latin1.GetString(reader.Text);
        var elements = new List<string>();
        while (reader.Read())
            elements.Add(Encoding.Latin1.GetString(reader.Text));
        return string.Join(' ', elements);
    }

    /// <summary>Waits for a line of INFO.</summary>
    public static void Until(int port, string section, string line) => Wait.Until(
        () => Ask(port, "INFO", section).Contains(line + "\r\n"), () => $"{line}: {Ask(port, "INFO", section)}");
}
