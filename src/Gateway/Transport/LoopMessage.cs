using SessionGateway.Gateway.Connections;

namespace SessionGateway.Gateway.Transport;

/// <summary>A message to a loop.</summary>
internal readonly record struct LoopMessage(LoopMessageKind Kind, Connection? Connection = null, int Number = 0);
