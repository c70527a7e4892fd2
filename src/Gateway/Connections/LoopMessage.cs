namespace SessionGateway.Gateway.Connections;

/// <summary>A message to a loop.</summary>
internal readonly record struct LoopMessage(LoopMessageKind Kind, Connection? Connection = null);
