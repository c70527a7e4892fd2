using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Bench.Microbench.Budgets;

/// <summary>A blocking client that allocates nothing per request.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 << 10];

    public LoopbackClient(IPEndPoint address) => _socket.Connect(address);

    /// <summary>Sends a request and takes its reply, whatever its length: what comes within a moment.</summary>
    public int Ask(byte[] request)
    {
        _socket.Send(request);
        int length = _socket.Receive(_buffer);
        while (_socket.Poll(TimeSpan.FromMilliseconds(50), SelectMode.SelectRead))
        {
            length += _socket.Receive(_buffer);
        }

        return length;
    }

    /// <summary>Sends a request again and again and waits for a reply of the known length each time.</summary>
    public void Repeat(byte[] request, int replyLength, int times)
    {
        for (int i = 0; i < times; i++)
        {
            _socket.Send(request);
            for (int received = 0; received < replyLength;)
            {
                received += _socket.Receive(_buffer);
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
