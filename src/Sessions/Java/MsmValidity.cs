using System.Buffers.Binary;

namespace SessionGateway.Sessions;

/// <summary>The 20 bytes under <c>validity:ID</c> by which MSM keeps non-sticky sessions alive; they override the
/// session's own times.</summary>
/// <param name="MaxInactiveInterval">Seconds without a request after which the session ends; negative is never.</param>
/// <param name="LastAccessedTime">When the session was accessed before the last request, in milliseconds since
/// 1970.</param>
/// <param name="ThisAccessedTime">When the last request accessed the session, in milliseconds since 1970.</param>
public readonly record struct MsmValidity(int MaxInactiveInterval, long LastAccessedTime, long ThisAccessedTime)
{
    /// <summary>Number of bytes.</summary>
    public const int Length = 20;

    /// <summary>Reads the record. Gives false for any other number of bytes.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MsmValidity validity)
    {
        validity = default;
        if (bytes.Length != Length)
        {
            return false;
        }

        validity = new MsmValidity(
            BinaryPrimitives.ReadInt32BigEndian(bytes),
            BinaryPrimitives.ReadInt64BigEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64BigEndian(bytes[12..]));
        return true;
    }

    /// <summary>Writes the record into <see cref="Length"/> bytes.</summary>
    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, MaxInactiveInterval);
        BinaryPrimitives.WriteInt64BigEndian(bytes[4..], LastAccessedTime);
        BinaryPrimitives.WriteInt64BigEndian(bytes[12..], ThisAccessedTime);
    }
}
