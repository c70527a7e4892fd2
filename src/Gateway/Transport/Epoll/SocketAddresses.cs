using System.Buffers.Binary;
using System.Net;

namespace SessionGateway.Gateway.Transport.Epoll;

/// <summary>Addresses of a descriptor's two ends, read when somebody asks.</summary>
internal static unsafe class SocketAddresses
{
    /// <summary>sizeof(sockaddr_storage).</summary>
    public const int MaxBytes = 128;

    private const int Inet = 2;
    private const int Inet6 = 10;

    /// <summary>host:port, or ?:0 when the socket no longer tells.</summary>
    public static string Format(int descriptor, bool remote)
    {
        byte* raw = stackalloc byte[MaxBytes];
        int length = MaxBytes;
        int result = remote
            ? Native.GetPeerName(descriptor, raw, &length)
            : Native.GetSocketName(descriptor, raw, &length);
        return result == 0 ? Format(new ReadOnlySpan<byte>(raw, MaxBytes)) : "?:0";
    }

    /// <summary>host:port of a sockaddr, or ?:0 when it is neither of IPv4 nor of IPv6.</summary>
    public static string Format(ReadOnlySpan<byte> address)
    {
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
