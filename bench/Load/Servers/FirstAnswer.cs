using SessionGateway.Bench.Load.Native;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>One request on a connection of its own: is the server there, and is its answer right?</summary>
internal static unsafe class FirstAnswer
{
    private const int WaitSeconds = 5;

    /// <summary>False while nobody listens or the server still loads; a wrong answer ends the run.</summary>
    public static bool IsCorrect(int port, Family family)
    {
        int fd = SocketFactory.TryConnect(port);
        if (fd < 0)
            return false;
        try
        {
            return family == Family.Resp
                ? Asks(fd, "*2\r\n$3\r\nGET\r\n$6\r\nabsent\r\n"u8, "$-1\r\n"u8)
                : Asks(fd, "get absent\r\n"u8, "END\r\n"u8);
        }
        finally
        {
            _ = Libc.Close(fd);
        }
    }

    private static bool Asks(int fd, ReadOnlySpan<byte> request, ReadOnlySpan<byte> expected)
    {
        long* limit = stackalloc long[2] { WaitSeconds, 0 };
        if (Libc.SetSocketOption(fd, Libc.LevelSocket, Libc.ReceiveTimeout, limit, 2 * sizeof(long)) != 0)
            throw Libc.Failure("setsockopt SO_RCVTIMEO");
        fixed (byte* bytes = request)
            if (Libc.Send(fd, bytes, (nuint)request.Length, Libc.NoSignal) != request.Length)
                return false;

        byte* reply = stackalloc byte[64];
        int filled = 0;
        while (filled < expected.Length)
        {
            nint count = Libc.Receive(fd, reply + filled, (nuint)(64 - filled), 0);
            if (count <= 0)
                return false;
            filled += (int)count;
        }

        ReadOnlySpan<byte> got = new(reply, filled);
        if (got.StartsWith("-LOAD"u8) || got.StartsWith("SERVER_ERROR"u8[..expected.Length]))
            return false;
        return got.SequenceEqual(expected)
            ? true
            : throw new LoadException($"first answer {Printable.Text(got)} instead of {Printable.Text(expected)}");
    }
}
