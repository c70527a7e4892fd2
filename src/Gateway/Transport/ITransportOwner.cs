namespace SessionGateway.Gateway.Transport;

/// <summary>Who holds a conversation over a transport. Told on the thread of the loop that watches the
/// transport.</summary>
internal interface ITransportOwner
{
    /// <summary>True while bytes wait that the transport has not taken.</summary>
    bool HasUnsent { get; }

    /// <summary>Something can be received or sent: the transport says which.</summary>
    void OnReady();

    /// <summary>The transport has sent some of what waits by itself.</summary>
    /// <param name="count">Bytes, from the front of what waits; <see cref="IoResult.Broken"/> when it can send no
    /// more.</param>
    void OnSent(int count);
}
