using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport;

/// <summary>Takes over what listeners accept; from any thread.</summary>
internal interface IAcceptor
{
    /// <summary>True when it must be known who a peer was even if it goes again at once.</summary>
    bool NeedsPeers { get; }

    /// <summary>False while newcomers have to wait where they are, for some milliseconds.</summary>
    bool MayAccept { get; }

    /// <summary>Takes over, or refuses and closes.</summary>
    /// <param name="transport">One end of the new connection, not watched by anybody yet.</param>
    /// <param name="protocol">How connections of the listener are read.</param>
    void Accept(StreamTransport transport, ListenerProtocol protocol);
}
