using System.Globalization;
using System.Text;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Latency;

/// <summary>LATENCY DOCTOR: the peaks in words. The lines of events are those of Redis, the advice is ours.</summary>
internal sealed class LatencyDoctorCommand() : RespCommand(
    new CommandDescriptor(
        "latency|doctor", 2,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"],
        Group = "server",
        Since = "2.8.13",
        Summary = "Return a human readable latency analysis report.",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        CommandWatch watch = call.Services.Resp.Watch;
        LatencyEvent[] events = watch.Latency.All();
        if (events.Length == 0)
        {
            call.Output.WriteVerbatim("txt"u8, watch.PeakMilliseconds == 0 ? Off : Nothing, call.Version);
            return;
        }

        var text = new StringBuilder();
        text.Append("Dave, I have observed latency spikes in this Redis instance. ");
        text.Append("You don't mind talking about it, do you Dave?\n\n");
        for (int i = 0; i < events.Length; i++)
        {
            Append(text, i + 1, events[i], call.Now / 1000);
        }

        text.Append("\nSLOWLOG GET shows the commands that took long, with their arguments.\n");
        call.Output.WriteVerbatim("txt"u8, Encoding.Latin1.GetBytes(text.ToString()), call.Version);
    }

    // redis 7 latency.c, createLatencyReport
    private static void Append(StringBuilder text, int number, LatencyEvent one, long now)
    {
        int count = one.Samples.Count;
        long average = one.Samples.Sum(s => s.Milliseconds) / count;
        long deviation = one.Samples.Sum(s => Math.Abs(average - s.Milliseconds)) / count;
        double period = (double)Math.Max(1, now - one.Samples.Min(s => s.Time)) / count;
        text.Append(CultureInfo.InvariantCulture,
            $"{number}. {one.Name}: {count} latency spikes (average {average}ms, mean deviation {deviation}ms, ");
        text.Append(CultureInfo.InvariantCulture,
            $"period {period:0.00} sec). Worst all time event {one.Longest}ms.\n");
    }

    private static ReadOnlySpan<byte> Nothing =>
        "Dave, no latency spike was observed during the lifetime of this Redis instance, not in the slightest bit. "u8
        + "I honestly think you ought to sit down calmly, take a stress pill, and think things over.\n"u8;

    private static ReadOnlySpan<byte> Off =>
        "I'm sorry, Dave, I can't do that. Latency monitoring is disabled in this Redis instance. You may use "u8
        + "\"CONFIG SET latency-monitor-threshold <milliseconds>.\" in order to enable it. If we weren't in a deep "u8
        + "space mission I'd suggest to take a look at https://redis.io/topics/latency-monitor.\n"u8;
}
