using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The server's end of a conversation in memory. Every chunk the client sends is one receive at
/// most.</summary>
internal sealed class MemoryConnection(MemoryLoop loop, ListenerProtocol listener) : Connection(loop, listener)
{
    private readonly Queue<byte[]> _incoming = new();
    private int _offset;

    public override string RemoteAddress => $"127.0.0.1:{40_000 + Id}";

    public override string LocalAddress => "127.0.0.1:11211";

    /// <summary>What the server has sent.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>Bytes the client's end still takes before the server's sends block.</summary>
    public long Window { get; set; } = long.MaxValue;

    /// <summary>The client will send no more.</summary>
    public bool IsHalfClosed { get; set; }

    /// <summary>The client is gone: reset.</summary>
    public bool IsReset { get; set; }

    /// <summary>The server has asked to be told when it can send again.</summary>
    public bool AwaitsWindow { get; private set; }

    /// <summary>The server has closed its end.</summary>
    public bool IsClosedByServer { get; private set; }

    /// <summary>Chunks sent by the client that the server has not taken.</summary>
    public int UnreadChunks => _incoming.Count;

    public void Arrive(byte[] chunk) => _incoming.Enqueue(chunk);

    public void OpenWindow(long bytes)
    {
        Window = bytes;
        if (AwaitsWindow)
        {
            AwaitsWindow = false;
            OnWritable(0);
        }
    }

    protected override int Receive(Span<byte> destination)
    {
        if (IsReset)
        {
            return IoResult.Broken;
        }

        if (!_incoming.TryPeek(out byte[]? chunk))
        {
            return IsHalfClosed ? IoResult.EndOfStream : IoResult.WouldBlock;
        }

        int count = Math.Min(destination.Length, chunk.Length - _offset);
        chunk.AsSpan(_offset, count).CopyTo(destination);
        _offset += count;
        if (_offset == chunk.Length)
        {
            _incoming.Dequeue();
            _offset = 0;
        }

        // A short receive tells the connection that the socket is empty; here more chunks may follow.
        MustReadToEnd = true;
        return count;
    }

    protected override int Send(ReadOnlySpan<byte> bytes)
    {
        if (IsReset)
        {
            return IoResult.Broken;
        }

        int count = (int)Math.Min(bytes.Length, Window);
        if (count == 0)
        {
            return IoResult.WouldBlock;
        }

        Window -= Window == long.MaxValue ? 0 : count;
        Sent.AddRange(bytes[..count]);
        return count;
    }

    protected override void AwaitWritable() => AwaitsWindow = true;

    protected override void CloseTransport() => IsClosedByServer = true;
}
