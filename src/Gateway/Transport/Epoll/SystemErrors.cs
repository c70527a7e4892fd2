using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>Numbers of Linux's errno(3) in the framework's words, as far as a connect(2) can end with them.</summary>
internal static unsafe class SystemErrors
{
    private static readonly Dictionary<int, SocketError> Words = new()
    {
        [Native.Again] = SocketError.WouldBlock,
        [Native.NoMemory] = SocketError.NoBufferSpaceAvailable,
        [Native.NoBuffers] = SocketError.NoBufferSpaceAvailable,
        [Native.TooManyFiles] = SocketError.TooManyOpenSockets,
        [Native.FileTableFull] = SocketError.TooManyOpenSockets,
        [1] = SocketError.AccessDenied, // EPERM
        [2] = SocketError.AddressNotAvailable, // ENOENT, of a unix socket
        [13] = SocketError.AccessDenied, // EACCES
        [97] = SocketError.AddressFamilyNotSupported,
        [98] = SocketError.AddressAlreadyInUse,
        [99] = SocketError.AddressNotAvailable,
        [100] = SocketError.NetworkDown,
        [101] = SocketError.NetworkUnreachable,
        [104] = SocketError.ConnectionReset,
        [110] = SocketError.TimedOut,
        [111] = SocketError.ConnectionRefused,
        [113] = SocketError.HostUnreachable,
    };

    /// <summary>The word for a number.</summary>
    public static SocketError Of(int errno) => Words.GetValueOrDefault(errno, SocketError.SocketError);

    /// <summary>How a connect that was under way has ended; that it has not, when it has not.</summary>
    public static SocketError OfConnect(int descriptor)
    {
        int failure = 0;
        int length = sizeof(int);
        if (Native.GetOption(descriptor, Native.SocketLevel, Native.SocketErrorOption, &failure, &length) != 0)
        {
            return Of(Marshal.GetLastPInvokeError());
        }

        if (failure != 0)
        {
            return Of(failure);
        }

        byte* peer = stackalloc byte[SocketAddresses.MaxBytes];
        length = SocketAddresses.MaxBytes;
        return Native.GetPeerName(descriptor, peer, &length) == 0 ? SocketError.Success : SocketError.InProgress;
    }
}
