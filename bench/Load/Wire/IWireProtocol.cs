using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>
/// Writes requests and checks replies. Implemented by structs, so that the driver's loop is compiled for each of them
/// without virtual calls.
/// </summary>
internal interface IWireProtocol
{
    /// <summary>A request sent once per run before any other, or nothing.</summary>
    ReadOnlySpan<byte> Preamble { get; }

    /// <summary>The reply to it.</summary>
    ReadOnlySpan<byte> PreambleReply { get; }

    /// <summary>Writes the request and returns its length; 0 when this protocol sends nothing for it.</summary>
    int Write(Span<byte> destination, Op op, int key);

    /// <summary>
    /// The length of the reply at the start of <paramref name="input"/> when it is complete and right to the last byte;
    /// <see cref="Reply.Incomplete"/> while more bytes may make it so; else <see cref="Reply.Wrong"/>.
    /// </summary>
    int Check(ReadOnlySpan<byte> input, Op op, int key);
}
