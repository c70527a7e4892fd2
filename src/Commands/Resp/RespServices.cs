using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Commands.Resp.Server;
using SessionGateway.Commands.Resp.Server.Info;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp;

/// <summary>What all RESP connections of the process share.</summary>
public sealed class RespServices
{
    /// <summary>Makes what they share.</summary>
    public RespServices() => Events = new KeyEvents(PubSub);

    /// <summary>The version of Redis that is told to clients, who choose their commands by it.</summary>
    public string RedisVersion { get; set; } = DefaultRedisVersion;

    /// <summary>What Valkey tells, too (ADR 0018).</summary>
    public const string DefaultRedisVersion = "7.2.4";

    /// <summary>Who may send DEBUG. Set before the loops run.</summary>
    public DebugAccess Debug { get; set; }

    /// <summary>Channels and who listens.</summary>
    internal PubSubHub PubSub { get; } = new();

    /// <summary>Messages about keys.</summary>
    internal KeyEvents Events { get; }

    /// <summary>True for the letters that <c>notify-keyspace-events</c> may have.</summary>
    public static bool IsEventLetters(string letters) => KeyEventText.TryParse(letters, out _);

    /// <summary>Chooses what is told of keys.</summary>
    /// <param name="letters">Valid letters.</param>
    /// <param name="store">The items.</param>
    public void Notify(string letters, ItemStore store)
    {
        KeyEventText.TryParse(letters, out KeyEventClasses classes);
        Events.Choose(classes, store);
    }

    /// <summary>What is noted of commands.</summary>
    internal CommandWatch Watch { get; } = new();

    /// <summary>Errors that were answered since CONFIG RESETSTAT.</summary>
    internal ErrorNames Errors { get; } = new();

    /// <summary>Figures of commands at the last CONFIG RESETSTAT.</summary>
    internal CommandTotals FiguresBase { get; set; } = CommandTotals.Zero;

    /// <summary>Chooses what is noted of commands.</summary>
    /// <param name="slowMicroseconds">slowlog-log-slower-than.</param>
    /// <param name="slowEntries">slowlog-max-len.</param>
    /// <param name="peakMilliseconds">latency-monitor-threshold.</param>
    public void Note(long slowMicroseconds, long slowEntries, long peakMilliseconds)
    {
        Watch.SlowMicroseconds = slowMicroseconds;
        Watch.Slow.MaxLength = slowEntries;
        Watch.PeakMilliseconds = peakMilliseconds;
    }

    /// <summary>CLIENT PAUSE.</summary>
    internal ClientPause Pause { get; } = new();

    /// <summary>Scripts that were sent.</summary>
    internal ScriptCache Scripts { get; } = new();

    /// <summary>Scripts that run longer than a step.</summary>
    internal ScriptRuns ScriptRuns { get; } = new();

    /// <summary>Bytes that the engines of all scripts have taken.</summary>
    internal long ScriptEngineBytes => ScriptRuns.Bytes;

    /// <summary>Hears what scripts log; null: nobody does. Set before the loops run.</summary>
    public IScriptLog? ScriptLog { get; set; }

    /// <summary>The gateway stops: scripts that have not written end at once, the others have until a moment.</summary>
    /// <param name="lastMoment">Unix milliseconds.</param>
    public void EndScripts(long lastMoment) => ScriptRuns.EndAll(lastMoment);

    /// <summary>Counters at the last CONFIG RESETSTAT.</summary>
    internal StatsSnapshot StatsBase { get; set; } = StatsSnapshot.Zero;
}
