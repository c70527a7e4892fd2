using System.Text;
using SessionGateway.Gateway.Connections;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The client's end.</summary>
internal sealed class TestClient(TestServer server, Connection connection)
{
    private int _taken;

    /// <summary>The server's side of the conversation.</summary>
    public Connection Connection { get; } = connection;

    /// <summary>The stream to it.</summary>
    public MemoryTransport Stream { get; } = (MemoryTransport)connection.Transport;

    public bool IsClosed => Stream.IsClosedByServer;

    /// <summary>Sends bytes without letting the server run.</summary>
    public void Post(byte[] bytes)
    {
        Stream.Arrive(bytes);
        Stream.Notify();
    }

    /// <summary>Sends text (Latin-1) and runs the server until it has nothing to do.</summary>
    public TestClient Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public TestClient Send(byte[] bytes)
    {
        Post(bytes);
        server.Settle();
        return this;
    }

    /// <summary>What came since the last call, as Latin-1.</summary>
    public string Receive()
    {
        string text = Encoding.Latin1.GetString([.. Stream.Sent.Skip(_taken)]);
        _taken = Stream.Sent.Count;
        return text;
    }

    public string Ask(string text) => Send(text).Receive();

    public void HalfClose()
    {
        Stream.IsHalfClosed = true;
        Stream.Notify();
        server.Settle();
    }

    public void Reset()
    {
        Stream.IsReset = true;
        Stream.Notify();
        server.Settle();
    }
}
