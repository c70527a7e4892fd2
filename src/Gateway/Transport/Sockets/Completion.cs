namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>Something that was asked of a socket is done.</summary>
/// <param name="Transport">Whose.</param>
/// <param name="IsSend">A send; else a wait for input.</param>
/// <param name="Sent">Bytes that were sent, or <see cref="IoResult.Broken"/>.</param>
internal readonly record struct Completion(CompletionTransport Transport, bool IsSend = false, int Sent = 0);
