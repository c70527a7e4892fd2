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
        writer.AddZeros("sync_full", "sync_partial_ok", "sync_partial_err");
        writer.Add("expired_keys", stats.Expired);
        writer.Add("evicted_keys", stats.Evicted);
        writer.Add("evicted_clients", call.Services.Stats.Sum(s => s.ClientsDropped));
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
        WriteOwn(writer, call);
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
