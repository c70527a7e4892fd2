using System.Net.Sockets;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>Why a link is over.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Error">What the system said, of <see cref="LinkEndKind.NotConnected"/>.</param>
internal readonly record struct LinkEnd(LinkEndKind Kind, SocketError Error = SocketError.Success)
{
    /// <summary>In words, for a log.</summary>
    public string Reason => Kind switch
    {
        LinkEndKind.NotConnected => new SocketException((int)Error).Message,
        LinkEndKind.TimedOut => "no answer in time",
        LinkEndKind.PeerClosed => "closed by the other side",
        LinkEndKind.TooMuchInput => "a message longer than allowed",
        LinkEndKind.OwnerFailed => "what came could not be handled",
        LinkEndKind.LoopStopped => "the gateway stops",
        _ => "broken",
    };
}
