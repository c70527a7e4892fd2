using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace SessionGateway.ServerTests.Holding;

/// <summary>A client with a real socket.</summary>
internal sealed class LiveClient(Socket socket) : IDisposable
{
    public LiveClient Send(string text)
    {
        socket.Send(Encoding.ASCII.GetBytes(text));
        return this;
    }

    /// <summary>The next bytes are these.</summary>
    public void Expect(string text)
    {
        byte[] bytes = new byte[text.Length];
        for (int count = 0; count < bytes.Length;)
        {
            int received = socket.Receive(bytes.AsSpan(count));
            Assert.True(received > 0, $"closed before '{text}' came");
            count += received;
        }

        Assert.Equal(text, Encoding.ASCII.GetString(bytes));
    }

    /// <summary>The next line, without its end.</summary>
    public string Line()
    {
        var line = new StringBuilder();
        byte[] one = new byte[1];
        while (socket.Receive(one) == 1 && one[0] != (byte)'\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }

    /// <summary>Clients that wait, as INFO tells (RESP).</summary>
    public int Blocked()
    {
        Send("info clients\r\n");
        int blocked = -1;
        string line;
        do
        {
            line = Line();
            string[] parts = line.Split(':');
            blocked = parts[0] == "blocked_clients" ? int.Parse(parts[1], CultureInfo.InvariantCulture) : blocked;
        }
        while (line != "clients_in_timeout_table:0");
        Line();
        return blocked;
    }

    /// <summary>The server has closed.</summary>
    public void ExpectClose() => Assert.Equal(0, socket.Receive(new byte[1]));

    /// <summary>Nothing has come.</summary>
    public void ExpectNothing() => Assert.Equal(0, socket.Available);

    /// <summary>Ends without a word: a reset instead of a close.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();
}
