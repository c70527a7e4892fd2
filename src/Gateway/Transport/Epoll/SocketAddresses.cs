using System.Buffers.Binary;
using System.Net;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>Addresses of a descriptor's two ends, read when somebody asks.</summary>
internal static unsafe class SocketAddresses
{
    private const int Inet = 2;
    private const int Inet6 = 10;

    /// <summary>host:port, or ?:0 when the socket no longer tells.</summary>
    public static string Format(int descriptor, bool remote)
    {
        byte* raw = stackalloc byte[128];
        int length = 128;
        int result = remote
            ? Native.GetPeerName(descriptor, raw, &length)
            : Native.GetSocketName(descriptor, raw, &length);
        var address = new ReadOnlySpan<byte>(raw, 128);
        if (result != 0)
        {
            return "?:0";
        }

        // struct sockaddr_in: family, port (big-endian), address; sockaddr_in6 has the flow label before the address.
        int port = BinaryPrimitives.ReadUInt16BigEndian(address[2..]);
        return BitConverter.ToUInt16(address) switch
        {
            Inet => $"{new IPAddress(address.Slice(4, 4))}:{port}",
            Inet6 => $"[{new IPAddress(address.Slice(8, 16))}]:{port}",
            _ => "?:0",
        };
    }
}
