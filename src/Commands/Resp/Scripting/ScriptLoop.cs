using SessionGateway.Scripting;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>The engines of one loop, whose owner it is. Scripts that end with their first step share one; a longer one
/// has its own.</summary>
internal sealed class ScriptLoop(CommandContext context) : IDisposable
{
    /// <summary>Units of about ten microseconds of the first step, which holds its shards: two milliseconds.</summary>
    public const int StepsAtOnce = 200;

    /// <summary>Most processor time of the first step: a concatenation of megabytes is one instruction.</summary>
    public static readonly StepTime FirstStepTime = new(
        TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    /// <summary>
    /// As the other, for a script inside of EXEC, which is ended then in its middle: its work bounds it long before,
    /// the dearest commands that it may execute included (<see cref="CommandLimits.AtomicWork"/>, a tenth of a second).
    /// </summary>
    public static readonly StepTime AtomicStepTime = new(
        TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250));

    /// <summary>Most processor time of a further step.</summary>
    public static readonly StepTime FurtherStepTime = new(
        TimeSpan.FromMilliseconds(0.5), TimeSpan.FromMilliseconds(0.5));

    /// <summary>A script that takes less is quick: what it does is of the size of other requests.</summary>
    public static readonly TimeSpan QuickTime = TimeSpan.FromMilliseconds(0.25);

    // About what a first step takes.
    private const int TurnMilliseconds = 2;

    // The first engine of a process takes longer than any step.
    private const int MostRestMilliseconds = 10;

    // A share of the loop: after a step longer scripts rest for as long as it took.
    private long _nextStep;
    private long _lastTurn;
    private readonly List<CompiledScripts> _lentScripts = [];
    private readonly List<ScriptHost> _lentHosts = [];
    private CompiledScripts? _idle;
    private ScriptHost? _idleHost;
    private bool _isDisposed;

    /// <summary>What an engine has compiled; the caller owns it until <see cref="GiveBack"/>.</summary>
    public CompiledScripts Take()
    {
        CompiledScripts taken = _idle ?? new CompiledScripts(context.Services);
        _idle = null;
        _lentScripts.Add(taken);
        return taken;
    }

    /// <summary>What commands of a script go through; the caller owns it until <see cref="GiveBack"/>.</summary>
    public ScriptHost TakeHost()
    {
        ScriptHost taken = _idleHost ?? new ScriptHost(context);
        _idleHost = null;
        _lentHosts.Add(taken);
        return taken;
    }

    /// <summary>A script has ended.</summary>
    /// <param name="scripts">Its engine.</param>
    /// <param name="host">Its host.</param>
    /// <param name="isUsedUp">The engine cannot run another one.</param>
    public void GiveBack(CompiledScripts scripts, ScriptHost host, bool isUsedUp)
    {
        _lentScripts.Remove(scripts);
        _lentHosts.Remove(host);
        bool isLarge = scripts.Engine.TakenBytes > context.Services.Limits.ScriptBytes / 4;
        if (isUsedUp || isLarge || _isDisposed || _idle is not null)
        {
            scripts.Dispose();
        }
        else
        {
            scripts.Count();
            _idle = scripts;
        }

        if (_idleHost is null && !_isDisposed)
        {
            _idleHost = host;
        }
        else
        {
            host.Dispose();
        }
    }

    /// <summary>True when a longer script may have its next step.</summary>
    public bool MayStep => context.Services.Time.GetTimestamp() >= _nextStep;

    private bool IsEnding => context.Services.Resp.ScriptRuns.AreEnding;

    /// <summary>A script goes on although its client is gone.</summary>
    public void GoOnAlone(ScriptRun run) => context.Leftovers.Leave(new OrphanedScript(run));

    /// <summary>
    /// Has a script wait that may turn out to be long, while the loop rests from others: a hundred first steps in a row
    /// would be half a second for everybody else. It is parked and run again; scripts that were quick do not wait.
    /// </summary>
    public bool MustRest(LoadedScript script, ClientConnection client)
    {
        TimeProvider time = context.Services.Time;
        long now = time.GetTimestamp();
        if (script.IsQuick || context.IsAtomicStep || now >= _nextStep || IsEnding)
        {
            return false;
        }

        // One after the other, not all at the same time.
        _lastTurn = Math.Max(_nextStep, _lastTurn + (time.TimestampFrequency * TurnMilliseconds / 1000));
        client.Park(client.DeadlineAfter(Math.Max(1, (_lastTurn - now) * 1000 / time.TimestampFrequency)));
        context.Stats.Resp.Commands--;
        return true;
    }

    /// <summary>A script has had its first step, with all that belongs to it, from a time stamp on.</summary>
    public void Ran(LoadedScript script, long began)
    {
        TimeProvider time = context.Services.Time;
        bool isQuick = time.GetElapsedTime(began) < QuickTime;
        script.IsQuick = isQuick;
        if (!isQuick)
        {
            Stepped(began);
        }
    }

    /// <summary>A text was compiled, from a time stamp on; if there was no engine one was made.</summary>
    public void Compiled(long began)
    {
        if (context.Services.Time.GetElapsedTime(began) >= QuickTime)
        {
            Stepped(began);
        }
    }

    /// <summary>A step is done that began at a time stamp.</summary>
    public void Stepped(long began)
    {
        long now = context.Services.Time.GetTimestamp();
        long most = context.Services.Time.TimestampFrequency * MostRestMilliseconds / 1000;
        _nextStep = now + Math.Min(now - began, most);
    }

    /// <summary>The loop has ended: all engines are given back, also those of scripts that have not ended.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        _lentScripts.ForEach(scripts => scripts.Dispose());
        _lentHosts.ForEach(host => host.Dispose());
        _idle?.Dispose();
        _idleHost?.Dispose();
        _idle = null;
        _idleHost = null;
    }
}
