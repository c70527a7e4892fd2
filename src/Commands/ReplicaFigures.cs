namespace SessionGateway.Commands;

/// <summary>A replica, as INFO and ROLE tell of it.</summary>
/// <param name="Address">Where clients find it.</param>
/// <param name="Port">On which port.</param>
/// <param name="State"><c>wait_bgsave</c>, <c>send_bulk</c> or <c>online</c>, in Redis' words.</param>
/// <param name="Offset">Up to here it has everything.</param>
/// <param name="Lag">Seconds since it said so.</param>
public sealed record ReplicaFigures(string Address, int Port, string State, long Offset, long Lag);
