using System.Globalization;
using SessionGateway.Commands.Resp.Watching;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>The parameters that CONFIG SET changes, one entry each.</summary>
internal static class RuntimeSettings
{
    /// <summary>All of them.</summary>
    public static RuntimeSetting[] All { get; } =
    [
        new("notify-keyspace-events",
            services => KeyEventText.Print(services.Resp.Events.Chosen),
            text => RespServices.IsEventLetters(text)
                ? null
                : "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
            (services, text) => services.Resp.Notify(text, services.Store)),
        BusyThreshold("busy-reply-threshold"),
        BusyThreshold("lua-time-limit"),
        SlowTime("slowlog-log-slower-than"),
        SlowTime("commandlog-execution-slower-than"),
        LogLength("slowlog-max-len", w => w.Slow),
        LogLength("commandlog-slow-execution-max-len", w => w.Slow),
        Number("commandlog-request-larger-than", -1,
            s => s.Resp.Watch.LargeRequestBytes, (s, v) => s.Resp.Watch.LargeRequestBytes = v),
        LogLength("commandlog-large-request-max-len", w => w.LargeRequests),
        Number("commandlog-reply-larger-than", -1,
            s => s.Resp.Watch.LargeReplyBytes, (s, v) => s.Resp.Watch.LargeReplyBytes = v),
        LogLength("commandlog-large-reply-max-len", w => w.LargeReplies),
        Number("latency-monitor-threshold", 0,
            s => s.Resp.Watch.PeakMilliseconds, (s, v) => s.Resp.Watch.PeakMilliseconds = v),
        YesNo("latency-tracking",
            s => s.Resp.Watch.TellsHistograms, (s, v) => s.Resp.Watch.TellsHistograms = v),
        new("latency-tracking-info-percentiles",
            services => string.Join(' ', services.Resp.Watch.Percentiles.Select(
                percent => percent.ToString("G10", CultureInfo.InvariantCulture))),
            text => Array.ConvertAll(Words(text), PercentileRefusal).FirstOrDefault(refusal => refusal is not null),
            (services, text) => services.Resp.Watch.Percentiles = Array.ConvertAll(
                Words(text), word => double.Parse(word, NumberStyles.Float, CultureInfo.InvariantCulture))),
    ];

    // Valkey has a second name for some, Redis for one.
    private static RuntimeSetting Number(
        string name, long least, Func<CommandServices, long> get, Action<CommandServices, long> set) => new(
        name,
        services => get(services).ToString(CultureInfo.InvariantCulture),
        text => !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? "argument couldn't be parsed into an integer"
            : number < least ? $"argument must be between {least} and 9223372036854775807 inclusive" : null,
        (services, text) => set(services, long.Parse(text, CultureInfo.InvariantCulture)));

    private static string[] Words(string text) =>
        text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    // As redis-server 7.0.15 says it.
    private static string? PercentileRefusal(string word) =>
        !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double percent)
            ? "Invalid latency-tracking-info-percentiles parameters"
            : percent is >= 0 and <= 100 ? null
            : "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]";

    private static RuntimeSetting BusyThreshold(string name) =>
        Number(name, 0, s => s.Claims.BusyMilliseconds, (s, v) => s.Claims.BusyMilliseconds = v);

    private static RuntimeSetting SlowTime(string name) =>
        Number(name, -1, s => s.Resp.Watch.SlowMicroseconds, (s, v) => s.Resp.Watch.SlowMicroseconds = v);

    private static RuntimeSetting LogLength(string name, Func<CommandWatch, CommandLog> log) =>
        Number(name, 0, s => log(s.Resp.Watch).MaxLength, (s, v) => log(s.Resp.Watch).MaxLength = v);

    private static RuntimeSetting YesNo(
        string name, Func<CommandServices, bool> get, Action<CommandServices, bool> set) => new(
        name,
        services => get(services) ? "yes" : "no",
        text => text.ToLowerInvariant() is "yes" or "no" ? null : "argument must be 'yes' or 'no'",
        (services, text) => set(services, text.ToLowerInvariant() == "yes"));

    /// <summary>The parameter of a name in any case, or null.</summary>
    public static RuntimeSetting? Find(string name) =>
        Array.Find(All, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
