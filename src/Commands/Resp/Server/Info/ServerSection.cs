using System.Runtime.InteropServices;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>The program and its process.</summary>
internal static class ServerSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        CommandServices services = call.Services;
        long uptime = Math.Max(call.Now - services.StartedAt, 0) / 1000;
        TimeSpan time = services.Time.GetUtcNow() - DateTimeOffset.UnixEpoch;
        writer.Add("redis_version", services.Resp.RedisVersion);
        writer.Add("gateway_version", services.Version);
        writer.Add("redis_mode", call.Services.Backup.HasClusterFace ? "cluster" : "standalone");
        writer.Add("os", RuntimeInformation.OSDescription);
        writer.Add("arch_bits", IntPtr.Size * 8);
        writer.Add("process_id", Environment.ProcessId);
        writer.Add("process_supervised", "no");
        writer.Add("run_id", services.RunId);
        writer.Add("tcp_port", services.PortFor(call.Client));
        writer.Add("server_time_usec", time.Ticks / TimeSpan.TicksPerMicrosecond);
        writer.Add("uptime_in_seconds", uptime);
        writer.Add("uptime_in_days", uptime / 86_400);
        // Seconds, of which Redis' items keep 24 bits.
        writer.Add("lru_clock", call.Now / 1000 & 0xFFFFFF);
        writer.Add("executable", Environment.ProcessPath ?? "");
        writer.Add("io_threads_active", services.Threads > 1 ? 1 : 0);
    }
}
