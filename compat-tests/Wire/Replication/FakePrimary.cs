using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SessionGateway.CompatTests.Wire.Replication;

/// <summary>A primary by hand, with an empty copy: a test says what it sends, and when its link is cut.</summary>
internal sealed class FakePrimary : IDisposable
{
    /// <summary>Where the history begins behind the copy.</summary>
    public const int Start = 100;

    private const int Timeout = 60_000;

    private static readonly string Id = new('a', 40);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private Socket? _link;
    private NetworkStream? _stream;

    public FakePrimary() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes the next connection and answers up to the request for the history.</summary>
    /// <returns>What is asked for: a name and an offset.</returns>
    public string Accept()
    {
        Task<Socket> accepted = _listener.AcceptSocketAsync();
        Assert.True(accepted.Wait(Timeout), "the replica does not connect");
        _link = accepted.Result;
        _link.ReceiveTimeout = Timeout;
        _stream = new NetworkStream(_link);
        while (true)
        {
            string[] request = ReadRequest();
            switch (request[0].ToUpperInvariant())
            {
                case "PSYNC":
                    return $"{request[1]} {request[2]}";
                case "PING":
                    Send("+PONG\r\n");
                    break;
                default:
                    Send("+OK\r\n");
                    break;
            }
        }
    }

    /// <summary>Sends a copy without a key.</summary>
    public void SendCopy()
    {
        Send(string.Create(CultureInfo.InvariantCulture, $"+FULLRESYNC {Id} {Start}\r\n$18\r\n"));
        _stream!.Write([.. "REDIS0009"u8, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Goes on where it was asked to.</summary>
    public void Continue() => Send("+CONTINUE\r\n");

    public void Send(string text) => _stream!.Write(Encoding.ASCII.GetBytes(text));

    public void Cut() => _link!.Dispose();

    public void Dispose()
    {
        _listener.Dispose();
        _link?.Dispose();
    }

    private string[] ReadRequest()
    {
        string[] words = new string[int.Parse(ReadLine()[1..], CultureInfo.InvariantCulture)];
        for (int i = 0; i < words.Length; i++)
        {
            byte[] word = new byte[int.Parse(ReadLine()[1..], CultureInfo.InvariantCulture) + 2];
            _stream!.ReadExactly(word);
            words[i] = Encoding.ASCII.GetString(word[..^2]);
        }

        return words;
    }

    private string ReadLine()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^1] != '\n')
        {
            int next = _stream!.ReadByte();
            Assert.True(next >= 0, "the replica closes the link");
            line.Append((char)next);
        }

        return line.ToString(0, line.Length - 2);
    }
}
