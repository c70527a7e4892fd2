namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>What can be done.</summary>
internal enum CompletionKind
{
    /// <summary>A wait for input.</summary>
    Readable,

    /// <summary>A send: bytes that were sent, or <see cref="IoResult.Broken"/>.</summary>
    Sent,

    /// <summary>A connect: a <see cref="System.Net.Sockets.SocketError"/>.</summary>
    Connected,
}
