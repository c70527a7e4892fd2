using System.Text;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The client's end.</summary>
internal sealed class TestClient(TestServer server, MemoryConnection connection)
{
    private int _taken;

    public MemoryConnection Connection { get; } = connection;

    public bool IsClosed => Connection.IsClosedByServer;

    /// <summary>Sends bytes without letting the server run.</summary>
    public void Post(byte[] bytes)
    {
        Connection.Arrive(bytes);
        server.Notify(Connection);
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
        string text = Encoding.Latin1.GetString([.. Connection.Sent.Skip(_taken)]);
        _taken = Connection.Sent.Count;
        return text;
    }

    public string Ask(string text) => Send(text).Receive();

    public void HalfClose()
    {
        Connection.IsHalfClosed = true;
        server.Notify(Connection);
        server.Settle();
    }

    public void Reset()
    {
        Connection.IsReset = true;
        server.Notify(Connection);
        server.Settle();
    }
}
