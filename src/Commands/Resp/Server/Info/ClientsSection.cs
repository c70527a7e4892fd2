namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Connections that speak RESP.</summary>
internal static class ClientsSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        // Who has not said a word may yet speak either protocol and is told by both.
        long others = call.Services.Stats.Sum(s => s.Memcached.OpenConnections);
        writer.Add("connected_clients", call.Services.Connections.Count - others);
        writer.AddZeros("cluster_connections");
        writer.Add("maxclients", call.Services.Limits.MaxConnections);
        writer.Add("blocked_clients", call.Services.Stats.Sum(s => s.Parked));
        writer.AddZeros("tracking_clients", "clients_in_timeout_table");
    }
}
