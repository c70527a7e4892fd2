using System.Runtime.InteropServices;
using SessionGateway.Bench.Load.Native;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>A client's socket with buffers large enough for all it has in flight.</summary>
internal sealed unsafe class Connection(int inputBytes, int outputBytes) : IDisposable
{
    private readonly byte* _input = (byte*)NativeMemory.Alloc((nuint)inputBytes);
    private readonly byte* _output = (byte*)NativeMemory.Alloc((nuint)outputBytes);
    private int _filled;
    private int _consumed;
    private int _written;
    private int _sent;

    public int Fd { get; set; } = -1;

    /// <summary>When the requests in flight, or the page view, began; <see cref="Clock"/> time.</summary>
    public long StartedAt { get; set; }

    /// <summary>Received and not yet consumed.</summary>
    public ReadOnlySpan<byte> Input => new(_input + _consumed, _filled - _consumed);

    /// <summary>Where the next request is written.</summary>
    public Span<byte> Room => new(_output + _written, outputBytes - _written);

    public bool HasUnsent => _sent < _written;

    /// <summary>Takes a request of this length, just written to <see cref="Room"/>, into the output.</summary>
    public void Written(int length) => _written += length;

    public void Consume(int length)
    {
        _consumed += length;
        if (_consumed == _filled)
            _consumed = _filled = 0;
    }

    /// <summary>
    /// Reads once. Returns false when nothing is there. <paramref name="drained"/> tells that nothing is left: after a
    /// read that did not fill the buffer, edge-triggered epoll reports the next byte.
    /// </summary>
    public bool Receive(out bool drained)
    {
        if (_filled == inputBytes && _consumed > 0)
        {
            // Who reads without waiting for the end of a batch meets the end of the buffer inside a reply.
            Input.CopyTo(new Span<byte>(_input, inputBytes));
            (_filled, _consumed) = (_filled - _consumed, 0);
        }

        int room = inputBytes - _filled;
        if (room == 0)
            throw new LoadException("the server sent more than any right reply holds");
        nint count = Libc.Receive(Fd, _input + _filled, (nuint)room, Libc.DontWait);
        drained = count < room;
        if (count > 0)
        {
            _filled += (int)count;
            return true;
        }

        if (count < 0 && Marshal.GetLastPInvokeError() is Libc.Again or Libc.Interrupted)
            return false;
        throw count == 0 ? new LoadException("the server closed a connection") : Libc.Failure("recv");
    }

    /// <summary>Sends as much of the output as the socket takes now.</summary>
    public void Flush()
    {
        while (_sent < _written)
        {
            nint count = Libc.Send(Fd, _output + _sent, (nuint)(_written - _sent), Libc.DontWait | Libc.NoSignal);
            if (count < 0)
            {
                if (Marshal.GetLastPInvokeError() is Libc.Again)
                    return;
                throw Libc.Failure("send");
            }

            _sent += (int)count;
        }

        _sent = _written = 0;
    }

    public void CloseSocket()
    {
        if (Fd >= 0)
            _ = Libc.Close(Fd);
        Fd = -1;
        _filled = _consumed = _written = _sent = 0;
    }

    public void Dispose()
    {
        CloseSocket();
        NativeMemory.Free(_input);
        NativeMemory.Free(_output);
    }
}
