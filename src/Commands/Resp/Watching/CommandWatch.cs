using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>
/// From what on a command is noted, and what was: SLOWLOG, COMMANDLOG, LATENCY, MONITOR. Set by any loop (CONFIG SET),
/// read by all.
/// </summary>
internal sealed class CommandWatch
{
    private const long Never = long.MaxValue;

    /// <summary>What takes so long is long for a short command, and a mark below it asks for every one.</summary>
    public const long LongNanoseconds = 1_000_000;

    // Redis' default, and Valkey's of the two others.
    private const long LogLength = 128;

    private readonly Lock _lock = new();

    /// <summary>Makes one with Redis' marks.</summary>
    public CommandWatch() => Update();

    /// <summary>Commands that took long.</summary>
    public CommandLog Slow { get; } = new(LogLength);

    /// <summary>Commands with long requests.</summary>
    public CommandLog LargeRequests { get; } = new(LogLength);

    /// <summary>Commands with long replies.</summary>
    public CommandLog LargeReplies { get; } = new(LogLength);

    /// <summary>Peaks of time.</summary>
    public LatencyEvents Latency { get; } = new();

    /// <summary>Who is sent every command.</summary>
    public Monitors Monitors { get; } = new();

    /// <summary>Microseconds from which on a command is slow; -1: none is (slowlog-log-slower-than).</summary>
    public long SlowMicroseconds
    {
        get;
        set => Set(ref field, value);
    } = 10_000;

    /// <summary>Bytes from which on a request is large; -1: none is.</summary>
    public long LargeRequestBytes
    {
        get;
        set => Set(ref field, value);
    } = 1 << 20;

    /// <summary>Bytes from which on a reply is large; -1: none is.</summary>
    public long LargeReplyBytes
    {
        get;
        set => Set(ref field, value);
    } = 1 << 20;

    /// <summary>Milliseconds from which on a command is a peak; 0: none is (latency-monitor-threshold).</summary>
    public long PeakMilliseconds
    {
        get;
        set => Set(ref field, value);
    }

    /// <summary>INFO latencystats and LATENCY HISTOGRAM tell of times (latency-tracking).</summary>
    public bool TellsHistograms { get; set; } = true;

    /// <summary>The percentiles of INFO latencystats (latency-tracking-info-percentiles).</summary>
    public double[] Percentiles { get; set; } = [50, 99, 99.9];

    /// <summary>A command that took less, with a smaller request and reply, is not noted.</summary>
    public long LeastNanoseconds { get; private set; }

    /// <summary>Every command is to be measured.</summary>
    public bool LooksAtAll { get; private set; }

    /// <inheritdoc cref="LeastNanoseconds"/>
    public long LeastRequest { get; private set; }

    /// <inheritdoc cref="LeastNanoseconds"/>
    public long LeastReply { get; private set; }

    /// <summary>Notes a command that is over one of the marks.</summary>
    public void Note(in RespCall call, RespCommand command, long nanoseconds, long request, long reply)
    {
        long microseconds = nanoseconds / 1000;
        if (PeakMilliseconds > 0 && microseconds / 1000 >= PeakMilliseconds)
        {
            string name = command.Flags.HasFlag(CommandFlags.Fast) ? "fast-command" : "command";
            Latency.Add(name, call.Now / 1000, microseconds / 1000);
        }

        if (!command.Flags.HasFlag(CommandFlags.SkipSlowlog))
        {
            Log(Slow, SlowMicroseconds, microseconds, call);
        }

        NoteSize(call, command, request, reply);
    }

    /// <summary>Notes a command whose request or reply is over a mark.</summary>
    public void NoteSize(in RespCall call, RespCommand command, long request, long reply)
    {
        if (!command.Flags.HasFlag(CommandFlags.SkipSlowlog))
        {
            Log(LargeRequests, LargeRequestBytes, request, call);
            Log(LargeReplies, LargeReplyBytes, reply, call);
        }
    }

    private static void Log(CommandLog log, long mark, long value, in RespCall call)
    {
        if (mark >= 0 && value >= mark && log.MaxLength > 0)
        {
            ClientConnection client = (call.Client as ScriptClient)?.Caller ?? call.Client;
            log.Add(new LoggedCommand(
                0, call.Now / 1000, value, LoggedCommand.Cut(call), client.RemoteAddress, client.Name));
        }
    }

    private void Set(ref long field, long value)
    {
        lock (_lock)
        {
            field = value;
            Update();
        }
    }

    /// <summary>The marks, or who monitors, have changed.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            Update();
        }
    }

    private void Update()
    {
        long slow = SlowMicroseconds < 0 ? Never : Times(SlowMicroseconds, 1_000);
        long peak = PeakMilliseconds <= 0 ? Never : Times(PeakMilliseconds, 1_000_000);
        LeastNanoseconds = Monitors.AreAny ? 0 : Math.Min(slow, peak);
        LooksAtAll = LeastNanoseconds < LongNanoseconds || PeakMilliseconds > 0;
        LeastRequest = LargeRequestBytes < 0 ? Never : LargeRequestBytes;
        LeastReply = LargeReplyBytes < 0 ? Never : LargeReplyBytes;
    }

    private static long Times(long value, long factor) => value > Never / factor ? Never : value * factor;
}
