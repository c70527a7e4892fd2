namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>The engines of one loop, whose owner it is. Scripts that end with their first step share one; a longer one
/// has its own.</summary>
internal sealed class ScriptLoop(CommandContext context) : IDisposable
{
    /// <summary>Units of about ten microseconds of the first step, which holds its shards: two milliseconds.</summary>
    public const int StepsAtOnce = 200;

    /// <summary>Most time of the first step: a busy machine must not end it before the work is done.</summary>
    public static readonly TimeSpan FirstStepTime = TimeSpan.FromMilliseconds(5);

    /// <summary>Most time of a further step.</summary>
    public static readonly TimeSpan StepTime = TimeSpan.FromMilliseconds(0.5);

    // A share of the loop: after a step longer scripts rest for as long as it took.
    private long _nextStep;
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

    /// <summary>A step is done that began at a time stamp.</summary>
    public void Stepped(long began)
    {
        long now = context.Services.Time.GetTimestamp();
        _nextStep = now + (now - began);
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
