namespace SessionGateway.Gateway.Hosting;

/// <summary>
/// Numbers that nobody can guess, from the system. By way of <see cref="Guid"/>, whose bits come from there, too:
/// <c>RandomNumberGenerator</c> would load OpenSSL (ADR 0027).
/// </summary>
internal static class SystemRandom
{
    /// <summary>64 random bits.</summary>
    public static ulong Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        // Six of the bits say that it is a random one; each has a random partner in the other half.
        return BitConverter.ToUInt64(bytes) ^ BitConverter.ToUInt64(bytes[sizeof(ulong)..]);
    }
}
