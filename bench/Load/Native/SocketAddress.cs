using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SessionGateway.Bench.Load.Native;

/// <summary>An IPv4 <c>sockaddr_in</c> on the loopback network; port and address lie in network order.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct SocketAddress(byte lastOctet, int port)
{
    public const int Bytes = 16;

    private readonly ushort _family = Libc.Inet;
    private readonly ushort _port = BinaryPrimitives.ReverseEndianness((ushort)port);
    private readonly uint _address = 127u | ((uint)lastOctet << 24);

    public int Port => BinaryPrimitives.ReverseEndianness(_port);
}
