namespace SessionGateway.Gateway.Connections;

/// <summary>What a connection sends beside answers, as fast as its peer takes it. Called on the connection's
/// loop.</summary>
internal interface IOutputFeed
{
    /// <summary>Gives the next bytes.</summary>
    /// <param name="room">Where to.</param>
    /// <returns>How many; 0 = none now: <see cref="Connection.WakeFeed"/> asks again; -1 = the connection is to be
    /// closed.</returns>
    int Take(Span<byte> room);

    /// <summary>The connection is closed.</summary>
    void OnClosed();
}
