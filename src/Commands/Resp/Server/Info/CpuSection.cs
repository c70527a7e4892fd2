using System.Globalization;

namespace SessionGateway.Commands.Resp.Server.Info;

/// <summary>Processor time of the process, which has no children.</summary>
internal static class CpuSection
{
    public static void Write(InfoWriter writer, in RespCall call)
    {
        Environment.ProcessCpuUsage usage = Environment.CpuUsage;
        writer.Add("used_cpu_sys", Seconds(usage.PrivilegedTime));
        writer.Add("used_cpu_user", Seconds(usage.UserTime));
        writer.Add("used_cpu_sys_children", Seconds(TimeSpan.Zero));
        writer.Add("used_cpu_user_children", Seconds(TimeSpan.Zero));
    }

    private static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);
}
