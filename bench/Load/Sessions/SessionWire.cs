using SessionGateway.Bench.Load.Servers;
using SessionGateway.Bench.Load.Traffic;
using SessionGateway.Bench.Load.Wire;

namespace SessionGateway.Bench.Load.Sessions;

/// <summary>
/// Requests and replies for sessions of any length, refusals and absent sessions included. A reply that is none of the
/// expected ones ends the run.
/// </summary>
internal abstract class SessionWire
{
    /// <summary>More bytes than any protocol puts around a value, key included.</summary>
    public const int FrameBytes = 192;

    public abstract string Name { get; }

    public abstract Family Family { get; }

    /// <summary>Asks for the number of items that are physically there.</summary>
    public abstract ReadOnlySpan<byte> CountRequest { get; }

    /// <summary>Ends all items.</summary>
    public abstract ReadOnlySpan<byte> FlushRequest { get; }

    public abstract ReadOnlySpan<byte> FlushReply { get; }

    public static SessionWire For(WireKind kind) =>
        kind == WireKind.Resp ? new RespSessionWire() : new TextSessionWire();

    /// <summary>The wires that a server speaks, one of memcached's and RESP.</summary>
    public static IEnumerable<WireKind> KindsOf(ServerSpec server) =>
        ((WireKind[])[WireKind.Text, WireKind.Resp])
        .Where(kind => server.Speaks(kind == WireKind.Resp ? Family.Resp : Family.Memcached));

    public abstract int WriteSet(Span<byte> destination, SessionSet sessions, int session, Expiry expiry);

    public abstract int WriteGet(Span<byte> destination, ReadOnlySpan<byte> key);

    public abstract Answer ReadSet(ReadOnlySpan<byte> input, out int length);

    /// <param name="input">Received bytes.</param>
    /// <param name="key">The session that was asked for.</param>
    /// <param name="length">Bytes of the reply.</param>
    /// <param name="value">Where in it the value lies.</param>
    public abstract Answer ReadGet(ReadOnlySpan<byte> input, ReadOnlySpan<byte> key, out int length, out Range value);

    /// <summary>The number of items; -1 while the reply is incomplete.</summary>
    public abstract long ReadCount(ReadOnlySpan<byte> input, out int length);

    protected static LoadException Unexpected(ReadOnlySpan<byte> input) =>
        new($"unexpected reply {Printable.Text(input)}");
}
