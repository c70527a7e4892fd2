using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Driving;

/// <summary>A request sent once, on a connection of its own, before the clients begin.</summary>
internal static unsafe class Preamble
{
    public static void Exchange(int port, ReadOnlySpan<byte> request, ReadOnlySpan<byte> expected)
    {
        if (request.Length == 0)
            return;
        int fd = SocketFactory.Connect(port);
        try
        {
            fixed (byte* bytes = request)
                if (Libc.Send(fd, bytes, (nuint)request.Length, Libc.NoSignal) != request.Length)
                    throw Libc.Failure("send");
            Span<byte> reply = stackalloc byte[256];
            int filled = 0;
            int checkedBytes;
            while ((checkedBytes = Reply.Is(reply[..filled], expected)) == Reply.Incomplete)
                fixed (byte* bytes = reply)
                {
                    nint count = Libc.Receive(fd, bytes + filled, (nuint)(reply.Length - filled), 0);
                    if (count <= 0)
                        throw new LoadException("the server closed a connection");
                    filled += (int)count;
                }

            if (checkedBytes != filled)
                throw new LoadException($"{Printable.Text(request)} was answered {Printable.Text(reply[..filled])}");
        }
        finally
        {
            _ = Libc.Close(fd);
        }
    }
}
