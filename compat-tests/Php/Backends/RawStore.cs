using System.Text;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>Looks at the stored items without PHP, over sockets.</summary>
internal static class RawStore
{
    /// <summary>Asks over memcached's text protocol.</summary>
    /// <returns>The item, or null when there is none.</returns>
    public static RawItem? Memcached(int port, string key)
    {
        using RawConnection connection = RawConnection.Connect(port);
        connection.Send($"get {key}\r\n");
        string line = connection.ReadThrough("\r\n");
        if (line == "END\r\n")
            return null;
        string[] words = line.TrimEnd().Split(' ');
        if (words is not ["VALUE", var name, var flags, var length] || name != key)
            throw new InvalidDataException($"get {key} answered {line}");
        byte[] value = connection.ReadExactly(int.Parse(length));
        Expect(connection, "\r\nEND\r\n");
        return new RawItem(value, uint.Parse(flags));
    }

    /// <summary>Asks over RESP.</summary>
    /// <returns>The item, or null when there is none.</returns>
    public static RawItem? Redis(int port, string key, int database = 0)
    {
        using RawConnection connection = RawConnection.Connect(port);
        connection.Ask(Command("SELECT", $"{database}"), "+OK\r\n");
        connection.Send(Command("GET", key));
        string line = connection.ReadThrough("\r\n");
        if (line == "$-1\r\n")
            return null;
        if (line[0] != '$')
            throw new InvalidDataException($"GET {key} answered {line}");
        byte[] value = connection.ReadExactly(int.Parse(line[1..].TrimEnd()));
        Expect(connection, "\r\n");
        return new RawItem(value, 0);
    }

    /// <summary>Sends one request and checks the answer.</summary>
    public static void Ask(int port, string request, string answer)
    {
        using RawConnection connection = RawConnection.Connect(port);
        connection.Send(request);
        Expect(connection, answer);
    }

    /// <summary>A RESP command as bytes.</summary>
    public static string Command(params string[] words)
    {
        var bytes = new StringBuilder($"*{words.Length}\r\n");
        foreach (string word in words)
            bytes.Append($"${word.Length}\r\n{word}\r\n");
        return bytes.ToString();
    }

    private static void Expect(RawConnection connection, string answer)
    {
        string got = Encoding.Latin1.GetString(connection.ReadExactly(answer.Length));
        if (got != answer)
            throw new InvalidDataException($"wanted {answer}, got {got}");
    }
}
