namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>Who opened a link. Called on the link's loop; an exception ends the link and nothing else.</summary>
internal interface ILinkOwner
{
    /// <summary>It is open: bytes can be sent.</summary>
    void OnConnected(OutboundLink link);

    /// <summary>
    /// Bytes came. What is not taken is kept and handed over again in front of what comes next.
    /// </summary>
    /// <param name="link">The link.</param>
    /// <param name="bytes">All that has come and was not taken yet, never empty; valid during the call.</param>
    /// <returns>How many bytes were taken.</returns>
    int OnReceived(OutboundLink link, ReadOnlySpan<byte> bytes);

    /// <summary>It is over, or never came to be; said once, and not after the owner closed it itself.</summary>
    void OnEnded(OutboundLink link, LinkEnd end);
}
