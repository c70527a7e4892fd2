namespace SessionGateway.Protocols.Buffers;

/// <summary>
/// Takes bytes of a reply at once, from where they lie: large values need not be copied into an
/// <see cref="OutputBuffer"/> before they are sent.
/// </summary>
public interface IOutputTaker
{
    /// <summary>Takes as much of three parts, one after the other, as it can without waiting.</summary>
    /// <returns>Bytes of all parts together that were taken; 0 when something else has to go first.</returns>
    int Take(ReadOnlySpan<byte> written, ReadOnlySpan<byte> value, ReadOnlySpan<byte> end);
}
