using System.Net.Sockets;

namespace SessionGateway.Gateway.Transport;

/// <summary>
/// One end of a stream of bytes, which never blocks. A conversation has one and is its owner; a <see cref="Poller"/> of
/// the same kind watches it. All members are for the thread of that poller, except where noted.
/// </summary>
/// <param name="armsReads">
/// <see cref="AwaitReadable"/> must be called for each readiness event: a field, since every request asks for it.
/// </param>
internal abstract class StreamTransport(bool armsReads)
{
    /// <summary>Who is told what happens; set before the transport is watched.</summary>
    public ITransportOwner Owner { get; set; } = null!;

    /// <summary>Bytes may wait to be received; cleared by its owner when a receive found fewer than it had room
    /// for.</summary>
    public bool MayHaveInput { get; set; }

    /// <summary>
    /// The peer has closed its side, so the stream must be read until it says so: an edge-triggered event is not
    /// repeated.
    /// </summary>
    public bool MustReadToEnd { get; set; }

    /// <summary>The peer has closed its side, although not all may have been received, and the transport was told: not
    /// every kind is. Who wants to know asks <see cref="LooksClosed"/>.</summary>
    public bool PeerHasClosed { get; set; }

    /// <summary>
    /// Whether the peer seems to have closed its side, however much of what it sent before has not been received;
    /// asked while nobody receives, and not for every request. It may still read.
    /// </summary>
    public virtual bool LooksClosed() => PeerHasClosed;

    /// <summary>True when a readiness event comes only when it was asked for.</summary>
    public bool ArmsReads { get; } = armsReads;

    /// <summary>The peer as <c>host:port</c>, or the path of the unix socket with <c>:0</c>; from any thread.</summary>
    public abstract string RemoteAddress { get; }

    /// <summary>Our side likewise; from any thread.</summary>
    public abstract string LocalAddress { get; }

    /// <summary>Number of the socket, -1 without one; from any thread.</summary>
    public virtual int Number => -1;

    /// <summary>Bytes that the transport itself holds for the conversation.</summary>
    public virtual int HeldBytes => 0;

    /// <summary>
    /// Of a connection that the gateway opens: <see cref="SocketError.InProgress"/> until it is open or has failed,
    /// then success or the reason. The owner looks when it is told of readiness.
    /// </summary>
    public virtual SocketError ConnectState => SocketError.Success;

    /// <summary>After so long a silence the system asks the peer whether it is still there, three times, each time
    /// after a third of that; without an answer the stream breaks. Nothing where there is no network between.</summary>
    public virtual void KeepAlive(TimeSpan silence)
    {
    }

    /// <summary>Takes bytes: their number or an <see cref="IoResult"/>.</summary>
    public abstract int Receive(Span<byte> destination);

    /// <summary>Gives bytes: how many were taken or an <see cref="IoResult"/>.</summary>
    public abstract int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Gives bytes that lie in three places, one after the other, where that takes one call: how many were
    /// taken of all, or an <see cref="IoResult"/>. A transport that would have to copy them takes nothing.</summary>
    public virtual int Send(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third) => 0;

    /// <summary>Asks for a readiness event; called when a receive found less than it had room for.</summary>
    public virtual void AwaitReadable()
    {
    }

    /// <summary>
    /// Asks to be told when there is room again. A transport that cannot wait for room sends a part of what waits by
    /// itself and says how much (<see cref="ITransportOwner.OnSent"/>).
    /// </summary>
    /// <param name="unsent">All that waits.</param>
    public abstract void AwaitWritable(ReadOnlySpan<byte> unsent);

    /// <summary>Tells the peer that nothing more will be sent; what it sends is still received.</summary>
    public virtual void FinishSending()
    {
    }

    /// <summary>Closes; the owner is told nothing more.</summary>
    public abstract void Close();
}
