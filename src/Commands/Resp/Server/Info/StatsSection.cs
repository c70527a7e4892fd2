using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Store.Policies;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Counters since the start or CONFIG RESETSTAT, and the traffic of the last second.</summary>
internal static class StatsSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        StatsSnapshot stats = StatsSnapshot.Take(call) - call.Services.Resp.StatsBase;
        Gauges gauges = call.Services.Gauges;
        PubSubHub channels = call.Services.Resp.PubSub;
        writer.Add("total_connections_received", stats.Connections);
        writer.Add("total_commands_processed", stats.Commands);
        writer.Add("instantaneous_ops_per_sec", gauges.CommandsPerSecond);
        writer.Add("total_net_input_bytes", stats.BytesRead);
        writer.Add("total_net_output_bytes", stats.BytesWritten);
        writer.AddZeros("total_net_repl_input_bytes", "total_net_repl_output_bytes");
        writer.AddRatio("instantaneous_input_kbps", gauges.BytesReadPerSecond / 1024.0);
        writer.AddRatio("instantaneous_output_kbps", gauges.BytesWrittenPerSecond / 1024.0);
        writer.AddRatio("instantaneous_input_repl_kbps", 0);
        writer.AddRatio("instantaneous_output_repl_kbps", 0);
        writer.Add("rejected_connections", stats.Rejected);
        ReplicationFigures? figures = call.Services.Replication?.Figures();
        writer.Add("sync_full", figures?.FullCopies ?? 0);
        writer.Add("sync_partial_ok", figures?.Continued ?? 0);
        writer.Add("sync_partial_err", figures?.NotContinued ?? 0);
        writer.Add("expired_keys", stats.Expired);
        writer.Add("evicted_keys", stats.Evicted);
        writer.Add("evicted_clients", call.Services.Stats.Sum(s => s.ClientsDropped));
        // Memory is never above its limit: what would exceed it is refused, or others go first.
        writer.AddZeros("total_eviction_exceeded_time", "current_eviction_exceeded_time");
        writer.Add("keyspace_hits", stats.Hits);
        writer.Add("keyspace_misses", stats.Misses);
        writer.Add("pubsub_channels", channels.ChannelCount);
        writer.Add("pubsub_patterns", channels.PatternCount);
        writer.Add("pubsubshard_channels", channels.ShardChannelCount);
        writer.AddZeros(
            "latest_fork_usec", "total_forks", "migrate_cached_sockets",
            "slave_expires_tracked_keys", "tracking_total_keys", "tracking_total_items", "tracking_total_prefixes",
            "unexpected_error_replies");
        writer.Add("total_error_replies", stats.ErrorReplies);
        writer.AddZeros("dump_payload_sanitizations");
        bool areThreads = call.Services.Threads > 1;
        writer.Add("total_reads_processed", stats.Reads);
        writer.Add("total_writes_processed", stats.Writes);
        writer.Add("io_threaded_reads_processed", areThreads ? stats.Reads : 0);
        writer.Add("io_threaded_writes_processed", areThreads ? stats.Writes : 0);
        WriteOwn(writer, call);
        writer.Add("acl_access_denied_auth", stats.WrongLogins);
        writer.AddZeros("acl_access_denied_cmd", "acl_access_denied_key", "acl_access_denied_channel");
    }

    private static void WriteOwn(InfoWriter writer, in RespCall call)
    {
        foreach (LossReason reason in LossReasons.All)
        {
            writer.Add($"sessions_lost_{LossReasons.Name(reason)}", call.Store.LostCount(reason));
        }

        ServerStats all = call.Services.Stats;
        writer.Add("client_query_buffer_limit_disconnections", all.Sum(s => s.ClientLimitClosed));
        writer.Add("client_output_buffer_limit_disconnections", all.Sum(s => s.OutputLimitClosed));
        writer.Add("writes_refused", call.Store.RefusedCount);
        writer.Add("writes_refused_inside", call.Store.ReserveRefusedCount);
        writer.Add("writes_skipped", call.Store.UnchangedCount);
        writer.Add("gateway_failed_commands", call.Services.Stats.Sum(s => s.FailedCommands));
    }
}
