namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>As a redis-server without replicas.</summary>
internal static class ReplicationSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        writer.Add("role", "master");
        writer.AddZeros("connected_slaves");
        writer.Add("master_failover_state", "no-failover");
        writer.Add("master_replid", call.Services.RunId);
        writer.Add("master_replid2", new string('0', 40));
        writer.AddZeros("master_repl_offset");
        writer.Add("second_repl_offset", -1);
        writer.AddZeros("repl_backlog_active", "repl_backlog_first_byte_offset", "repl_backlog_histlen");
    }
}
