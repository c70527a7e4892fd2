using SessionGateway.Gateway.Connections.Outbound;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>Keeps what a link tells, and takes bytes only in whole frames.</summary>
internal sealed class RecordingOwner : ILinkOwner
{
    /// <summary>Bytes are taken in multiples of this.</summary>
    public int FrameBytes { get; init; } = 1;

    /// <summary>What is done once the link is open.</summary>
    public Action<OutboundLink>? WhenConnected { get; init; }

    /// <summary>What is done with what came, before it is taken.</summary>
    public Action<OutboundLink>? WhenReceived { get; init; }

    /// <summary>How often it was said that the link is open.</summary>
    public int Connected { get; private set; }

    /// <summary>Everything that came.</summary>
    public List<byte> Received { get; } = [];

    /// <summary>The ends that were told: one at most.</summary>
    public List<LinkEnd> Ends { get; } = [];

    public void OnConnected(OutboundLink link)
    {
        Connected++;
        WhenConnected?.Invoke(link);
    }

    public int OnReceived(OutboundLink link, ReadOnlySpan<byte> bytes)
    {
        WhenReceived?.Invoke(link);
        int taken = bytes.Length - (bytes.Length % FrameBytes);
        Received.AddRange(bytes[..taken]);
        return taken;
    }

    public void OnEnded(OutboundLink link, LinkEnd end) => Ends.Add(end);
}
