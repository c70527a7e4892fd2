namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>Two ends of a connection within the process (socketpair(2)); the far one is a client's.</summary>
internal sealed unsafe class LocalPair : IDisposable
{
    private readonly int _far;

    private LocalPair(int near, int far)
    {
        Near = near;
        _far = far;
    }

    /// <summary>The server's descriptor, not blocking; whoever takes it closes it.</summary>
    public int Near { get; }

    /// <summary>Makes a pair; null when the system does not.</summary>
    public static LocalPair? Open()
    {
        int* ends = stackalloc int[2];
        return Native.SocketPair(
            Native.UnixFamily, Native.StreamSocket | Native.CloseOnExec | Native.NonBlocking, 0, ends) == 0
            ? new LocalPair(ends[0], ends[1])
            : null;
    }

    /// <summary>Sends as much as fits.</summary>
    public int Send(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            return (int)Native.Send(_far, start, (nuint)bytes.Length, Native.MessageDontWait | Native.MessageNoSignal);
        }
    }

    /// <summary>Takes what is there; 0 when nothing is.</summary>
    public int Receive(Span<byte> destination)
    {
        fixed (byte* start = destination)
        {
            return (int)Math.Max(0, Native.Receive(_far, start, (nuint)destination.Length, Native.MessageDontWait));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Native.Close(_far);
}
