using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace SessionGateway.Bench.Load.Measuring;

/// <summary>Asks a RESP server for numbers of its INFO, on a connection of its own.</summary>
internal sealed class InfoReader : IDisposable
{
    private readonly TcpClient _client;

    public InfoReader(int port) => _client = new TcpClient("127.0.0.1", port) { NoDelay = true };

    /// <summary>Sends a command and gives its answer, a line.</summary>
    public string Command(string command)
    {
        _client.GetStream().Write(Encoding.ASCII.GetBytes($"*1\r\n${command.Length}\r\n{command}\r\n"));
        return ReadLine();
    }

    /// <summary>A number of the section about files.</summary>
    public long Persistence(string name)
    {
        _client.GetStream().Write("*2\r\n$4\r\nINFO\r\n$11\r\npersistence\r\n"u8);
        int length = int.Parse(ReadLine()[1..], CultureInfo.InvariantCulture) + 2;
        byte[] text = new byte[length];
        _client.GetStream().ReadExactly(text);
        string line = Encoding.ASCII.GetString(text).Split("\r\n").FirstOrDefault(
            l => l.StartsWith(name + ":", StringComparison.Ordinal)) ?? throw new LoadException($"INFO has no {name}");
        return long.Parse(line[(name.Length + 1)..], CultureInfo.InvariantCulture);
    }

    public void Dispose() => _client.Dispose();

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (_client.GetStream().ReadByte() is var next && next != '\n')
        {
            if (next < 0)
                throw new LoadException("the server closed a connection");
            line.Append((char)next);
        }

        return line.ToString().TrimEnd('\r');
    }
}
