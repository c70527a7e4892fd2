namespace SessionGateway.Commands.Memcached;

/// <summary>A text request that stopped in its middle; its bytes are still at hand.</summary>
/// <param name="size">Bytes of the whole request.</param>
internal abstract class TextRest(int size)
{
    /// <summary>Bytes of the whole request.</summary>
    public int Size { get; } = size;

    /// <summary>Goes on where the request stopped.</summary>
    /// <param name="input">Bytes from the start of the request.</param>
    /// <param name="context">Where the answer goes.</param>
    /// <returns>True when it is answered; false when the turn is over before.</returns>
    public abstract bool GoOn(ReadOnlySpan<byte> input, CommandContext context);
}
