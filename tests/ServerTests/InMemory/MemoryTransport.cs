using System.Net.Sockets;
using SessionGateway.Gateway.Transport;

namespace SessionGateway.ServerTests.InMemory;

/// <summary>The server's end of a stream in memory. Every chunk the client sends is one receive at most.</summary>
/// <param name="peer">The client's address.</param>
internal sealed class MemoryTransport(string peer) : StreamTransport(armsReads: false)
{
    private readonly Queue<byte[]> _incoming = new();
    private int _offset;

    public override string RemoteAddress => peer;

    public override string LocalAddress => "127.0.0.1:11211";

    public override SocketError ConnectState => Connected;

    /// <summary>How far a connect has come.</summary>
    public SocketError Connected { get; set; }

    /// <summary>What the server has sent.</summary>
    public List<byte> Sent { get; } = [];

    /// <summary>Called when the server looks for more: something that happens in the middle of its turn.</summary>
    public Action? OnReceive { get; set; }

    /// <summary>Calls that sent something.</summary>
    public int Sends { get; private set; }

    /// <summary>Bytes the client's end still takes before the server's sends block.</summary>
    public long Window { get; set; } = long.MaxValue;

    /// <summary>The client will send no more.</summary>
    public bool IsHalfClosed { get; set; }

    /// <summary>The client is gone: reset.</summary>
    public bool IsReset { get; set; }

    /// <summary>The server has asked to be told when it can send again.</summary>
    public bool AwaitsWindow { get; private set; }

    /// <summary>It takes replies from three places at once.</summary>
    public bool TakesParts { get; set; } = true;

    /// <summary>Lengths of the parts that were given last.</summary>
    public (int First, int Second, int Third) LastParts { get; private set; }

    /// <summary>The server has closed its end.</summary>
    public bool IsClosedByServer { get; private set; }

    /// <summary>The server has said that it sends no more.</summary>
    public bool HasFinished { get; private set; }

    /// <summary>Chunks sent by the client that the server has not taken.</summary>
    public int UnreadChunks => _incoming.Count;

    /// <summary>Most bytes that the server took at once.</summary>
    public int LongestReceive { get; private set; }

    public void Arrive(byte[] chunk) => _incoming.Enqueue(chunk);

    /// <summary>Tells the server that something came.</summary>
    public void Notify()
    {
        MayHaveInput = true;
        Owner.OnReady();
    }

    public void OpenWindow(long bytes)
    {
        Window = bytes;
        if (AwaitsWindow)
        {
            AwaitsWindow = false;
            Owner.OnReady();
        }
    }

    public override int Receive(Span<byte> destination)
    {
        OnReceive?.Invoke();
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
        LongestReceive = Math.Max(LongestReceive, count);
        if (_offset == chunk.Length)
        {
            _incoming.Dequeue();
            _offset = 0;
        }

        // A short receive tells the conversation that the socket is empty; here more chunks may follow.
        MustReadToEnd = true;
        return count;
    }

    public override int Send(ReadOnlySpan<byte> bytes)
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
        Sends++;
        Sent.AddRange(bytes[..count]);
        return count;
    }

    public override int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        LastParts = (first.Length, second.Length, third.Length);
        return TakesParts ? Send([.. first, .. second, .. third]) : 0;
    }

    public override void AwaitWritable(ReadOnlySpan<byte> unsent) => AwaitsWindow = true;

    public override void FinishSending() => HasFinished = true;

    public override void Close() => IsClosedByServer = true;
}
