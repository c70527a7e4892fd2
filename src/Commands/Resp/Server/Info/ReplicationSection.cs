namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Role, primary, replicas and the history (redis 7 server.c, genRedisInfoString).</summary>
internal static class ReplicationSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        if (call.Services.Replication?.Figures() is not { } figures)
        {
            WriteNobody(writer, call);
            return;
        }

        writer.Add("role", figures.Primary is null ? "master" : "slave");
        if (figures.Primary is { } primary)
        {
            WritePrimary(writer, primary, figures.Priority);
        }

        writer.Add("connected_slaves", figures.Replicas.Count);
        for (int i = 0; i < figures.Replicas.Count; i++)
        {
            ReplicaFigures replica = figures.Replicas[i];
            writer.Add($"slave{i}", $"ip={replica.Address},port={replica.Port},state={replica.State},"
                + $"offset={replica.Offset},lag={replica.Lag}");
        }

        writer.Add("master_failover_state", "no-failover");
        writer.Add("master_replid", figures.Id);
        writer.Add("master_replid2", figures.SecondId);
        writer.Add("master_repl_offset", figures.Offset);
        writer.Add("second_repl_offset", figures.SecondOffset);
        writer.Add("repl_backlog_active", figures.KeepsBacklog ? 1 : 0);
        writer.Add("repl_backlog_size", figures.BacklogSize);

        // Redis counts the bytes of a history from 1.
        writer.Add("repl_backlog_first_byte_offset", figures.KeepsBacklog ? figures.BacklogStart + 1 : 0);
        writer.Add("repl_backlog_histlen", figures.KeepsBacklog ? figures.Offset - figures.BacklogStart : 0);
    }

    private static void WritePrimary(InfoWriter writer, PrimaryFigures primary, int priority)
    {
        bool isUp = primary.State == "connected";
        bool isSyncing = primary.State == "sync";
        writer.Add("master_host", primary.Host);
        writer.Add("master_port", primary.Port);
        writer.Add("master_link_status", isUp ? "up" : "down");
        writer.Add("master_last_io_seconds_ago", isUp ? primary.LastIo : -1);
        writer.Add("master_sync_in_progress", isSyncing ? 1 : 0);
        writer.Add("slave_read_repl_offset", primary.ReadOffset);
        writer.Add("slave_repl_offset", primary.AppliedOffset);
        if (isSyncing)
        {
            writer.Add("master_sync_total_bytes", primary.SyncLength);
            writer.Add("master_sync_read_bytes", primary.SyncBytes);
            writer.Add("master_sync_left_bytes", Math.Max(primary.SyncLength - primary.SyncBytes, 0));
            writer.AddRatio("master_sync_perc",
                primary.SyncLength == 0 ? 0 : 100.0 * primary.SyncBytes / primary.SyncLength);
            writer.Add("master_sync_last_io_seconds_ago", primary.LastIo);
        }

        if (!isUp)
        {
            writer.Add("master_link_down_since_seconds", primary.DownSince);
        }

        writer.Add("slave_priority", priority);
        writer.Add("slave_read_only", 1);
        writer.Add("replica_announced", 1);
    }

    // A store without a server around it.
    private static void WriteNobody(InfoWriter writer, in RespCall call)
    {
        writer.Add("role", "master");
        writer.AddZeros("connected_slaves");
        writer.Add("master_failover_state", "no-failover");
        writer.Add("master_replid", call.Services.RunId);
        writer.Add("master_replid2", new string('0', 40));
        writer.AddZeros("master_repl_offset");
        writer.Add("second_repl_offset", -1);
        writer.AddZeros("repl_backlog_active", "repl_backlog_size", "repl_backlog_first_byte_offset",
            "repl_backlog_histlen");
    }
}
