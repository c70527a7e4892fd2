using System.Buffers.Binary;

namespace SessionGateway.Sessions.Tree.Storage;

/// <summary>
/// Bits that nobody can guess, from the system. By way of <see cref="Guid"/>, whose bits come from there, too:
/// <c>RandomNumberGenerator</c> would load OpenSSL, and where there is none that ends the process.
/// </summary>
internal static class SystemBits
{
    /// <summary>64 random bits.</summary>
    public static ulong Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        // Six of the bits say that it is a random one; each has a random partner in the other half.
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
    }

    /// <summary>Random bytes.</summary>
    /// <param name="count">A multiple of 8.</param>
    public static byte[] NextBytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; at += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), Next());
        }

        return bytes;
    }
}
