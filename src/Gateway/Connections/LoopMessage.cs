using SessionGateway.Gateway.Connections.Outbound;

namespace SessionGateway.Gateway.Connections;

/// <summary>A message to a loop.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Connection">Which connection it is about.</param>
/// <param name="Number">What the kind says.</param>
/// <param name="Link">Which connection to another server it is about.</param>
/// <param name="Action">What is done.</param>
internal readonly record struct LoopMessage(
    LoopMessageKind Kind, Connection? Connection = null, int Number = 0, OutboundLink? Link = null,
    Action? Action = null);
