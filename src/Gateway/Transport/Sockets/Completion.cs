namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>Something that was asked of a socket is done.</summary>
/// <param name="Transport">Whose.</param>
/// <param name="Kind">What.</param>
/// <param name="Result">How it ended; see the kinds.</param>
internal readonly record struct Completion(CompletionTransport Transport, CompletionKind Kind, int Result = 0);
