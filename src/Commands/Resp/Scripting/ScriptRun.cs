using SessionGateway.Scripting;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>
/// One run of a script by Lua. Its first step is one moment for everybody: the shards of its keys are held. A script
/// that needs more goes on in small steps between the turns of others.
/// </summary>
internal sealed class ScriptRun : PausedRequest
{
    // Who closes its side after it has sent a script may still wait for the answer, but hardly so long (redis'
    // busy-reply-threshold).
    private const int AbandonedMilliseconds = 5000;

    private readonly ScriptLoop _loop;
    private readonly LoadedScript _script;
    private readonly CompiledScripts _scripts;
    private readonly ScriptHost _host;
    private readonly ScriptRuns _runs;
    private readonly KeyClaims _claims;
    private volatile bool _isKilled;
    private long _abandonedSince = long.MaxValue;
    private bool _isUsedUp;
    private bool _isOver;
    private bool _isFresh = true;
    private bool _isCut;

    private ScriptRun(
        ScriptLoop loop, LoadedScript script, CompiledScripts scripts, ScriptHost host, CommandServices services)
    {
        _loop = loop;
        _script = script;
        _scripts = scripts;
        _host = host;
        _runs = services.Resp.ScriptRuns;
        _claims = services.Claims;
    }

    private LuaEngine Engine => _scripts.Engine;

    /// <summary>Compiles a script, or writes the error.</summary>
    public static bool TryCompile(in RespCall call, LoadedScript script)
    {
        if (script.Shebang.Error is { } problem)
        {
            call.Error($"ERR {problem}");
            return false;
        }

        ScriptLoop loop = call.Context.Scripts;
        long began = call.Services.Time.GetTimestamp();
        CompiledScripts scripts = loop.Take();
        ScriptHost host = loop.TakeHost();
        bool isCompiled = scripts.TryCompile(script, out _, out string error);
        loop.GiveBack(scripts, host, isUsedUp: false);
        loop.Compiled(began);
        if (!isCompiled)
        {
            call.Error($"ERR Error compiling script (new function): {error}");
        }

        return isCompiled;
    }

    /// <summary>Runs a script for a call that has the number of its keys as its third argument.</summary>
    public static void Execute(in RespCall call, LoadedScript script, int keyCount, bool isReadOnly)
    {
        ScriptLoop loop = call.Context.Scripts;
        long began = call.Services.Time.GetTimestamp();
        var run = new ScriptRun(loop, script, loop.Take(), loop.TakeHost(), call.Services);
        bool isComplete = false;
        try
        {
            isComplete = run.Begin(call, keyCount, isReadOnly);
            if (!isComplete && !run._runs.TryAdd(run, run._host.HasWritten))
            {
                run._isUsedUp = true;
                isComplete = true;
                call.Error(KeptKeys.Busy);
            }
            else if (!isComplete)
            {
                call.Connection.Run(run, call);
            }
        }
        catch
        {
            run._isUsedUp = true;
            isComplete = true;
            throw;
        }
        finally
        {
            if (isComplete)
            {
                run.End();
            }

            loop.Ran(script, began);
        }
    }

    /// <summary>SCRIPT KILL; from any thread. False when it has written.</summary>
    public bool TryKill()
    {
        if (_host.HasWritten)
        {
            return false;
        }

        _isKilled = true;
        return true;
    }

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        // The step before this one was the first.
        if (_isFresh)
        {
            _isFresh = false;
            return false;
        }

        if (_isKilled)
        {
            _isUsedUp = true;
            Fail(call, "ERR Script killed by user with SCRIPT KILL...", Engine.WhereIsIt());
            return true;
        }

        if (_runs.MustEnd(_host.HasWritten, call.Now))
        {
            Cut();
            Fail(call, "ERR The gateway stops, the script was ended", Engine.WhereIsIt());
            return true;
        }

        if (!_loop.MayStep)
        {
            return false;
        }

        // Once a step and not once a turn: a transport may have to ask the system.
        if (IsAbandoned(call))
        {
            _isUsedUp = true;
            Fail(call, "ERR The client of the script has closed its side", Engine.WhereIsIt());
            return true;
        }

        long began = call.Services.Time.GetTimestamp();
        ScriptProgress progress = Step();
        bool isOver = IsOver(call, progress);
        if (isOver)
        {
            End();
        }

        // To give a large engine back takes time, too.
        _loop.Stepped(began);
        return isOver;
    }

    /// <summary>As <see cref="GoOn(in RespCall)"/>, when its client is gone: nobody is answered.</summary>
    public bool GoOnAlone(CommandContext context)
    {
        if (_runs.MustEnd(_host.HasWritten, context.Now))
        {
            Cut();
        }
        else if (!_loop.MayStep)
        {
            return false;
        }
        else
        {
            long began = context.Services.Time.GetTimestamp();
            ScriptProgress progress = Step();
            if (progress == ScriptProgress.Running && !WantsTooMuch(context.Services))
            {
                _loop.Stepped(began);
                return false;
            }

            _isUsedUp |= progress is ScriptProgress.Running or ScriptProgress.Exhausted;
        }

        End();
        return true;
    }

    /// <summary>The client is gone. What has written must not stop in its middle: it goes on alone.</summary>
    public override void Release()
    {
        if (_isOver || _isUsedUp || !_host.HasWritten)
        {
            End();
            return;
        }

        _loop.GoOnAlone(this);
    }

    private ScriptProgress Step()
    {
        _host.IsOneMoment = false;
        try
        {
            ScriptProgress progress = Engine.Continue(
                ScriptLoop.StepsAtOnce, ScriptLoop.FurtherStepTime, isFirst: false);
            _scripts.Count();
            return progress;
        }
        catch
        {
            _isUsedUp = true;
            throw;
        }
    }

    private bool WantsTooMuch(CommandServices services) => _runs.Bytes > services.Limits.AllScriptsBytes;

    // The gateway stops. Half of what it does must not be seen: what it keeps stays kept.
    private void Cut()
    {
        _isUsedUp = true;
        _isCut = _host.HasWritten;
    }

    private bool IsOver(in RespCall call, ScriptProgress progress)
    {
        if (progress == ScriptProgress.Running && WantsTooMuch(call.Services))
        {
            _isUsedUp = true;
            Fail(call, "ERR not enough memory for all scripts that run", Engine.WhereIsIt());
            return true;
        }

        return Answer(call, progress);
    }

    // An endless script would outlive its client. What has written goes on, as after SCRIPT KILL.
    private bool IsAbandoned(in RespCall call)
    {
        if (_host.HasWritten || !call.Client.LooksAbandoned)
        {
            return false;
        }

        _abandonedSince = Math.Min(_abandonedSince, call.Now);
        return call.Now - _abandonedSince >= AbandonedMilliseconds;
    }

    private bool Begin(in RespCall call, int keyCount, bool isReadOnly)
    {
        KeyClaims claims = call.Services.Claims;
        claims.BeginStep();
        try
        {
            return BeginCounted(call, keyCount, isReadOnly);
        }
        finally
        {
            claims.EndStep();
        }
    }

    private bool BeginCounted(in RespCall call, int keyCount, bool isReadOnly)
    {
        if (!_scripts.TryCompile(_script, out int function, out string error))
        {
            call.Error($"ERR Error compiling script (new function): {error}");
            return true;
        }

        ulong declared = call.ShardsOf(3, 2 + keyCount, 1);
        ScriptProgress progress;
        do
        {
            bool takesAll = _script.TakesAllShards || _host.WantsAll || call.Context.IsAtomicStep;
            using ShardHold hold = _host.Hold;
            EnterFirst(hold, takesAll ? ulong.MaxValue : declared, call);
            _host.IsOneMoment = true;
            _host.Begin(call, keyCount, declared, isReadOnly);
            if (!call.Context.IsAtomicStep && MustWait(call, [.. _host.Keys]))
            {
                return true;
            }

            Engine.Begin(function, call.Request, 3, keyCount, _host);
            progress = Engine.Continue(ScriptLoop.StepsAtOnce,
                call.Context.IsAtomicStep ? ScriptLoop.AtomicStepTime : ScriptLoop.FirstStepTime, isFirst: true);
            if (progress == ScriptProgress.Running && !_host.WantsAll && !call.Context.IsAtomicStep)
            {
                // While nobody else has seen what it has done so far.
                _host.Claim = new KeyClaim(call.Now) { HasWritten = _host.HasWritten };
                call.Services.Claims.Keep(_host.Claim, _host.Keys);
                if (hold.IsHeard)
                {
                    _host.Stage.Open();
                }
            }
        }
        while (_host.WantsAll);
        _script.Learn(_host.TouchedOthers);
        _scripts.Count();
        if (progress != ScriptProgress.Running)
        {
            return Answer(call, progress);
        }

        if (!call.Context.IsAtomicStep)
        {
            return false;
        }

        // EXEC is one moment and bounded.
        _isUsedUp = true;
        string bound = Engine.IsOutOfTime ? "250 ms of processor time" : "200000 instructions";
        Fail(call, "ERR the script has done too much work at one moment, it was stopped: inside EXEC it may take "
            + bound, Engine.WhereIsIt());
        return true;
    }

    /// <summary>A script that held the same shards before may keep the keys now: parks the call, or says that it is
    /// busy.</summary>
    public static bool MustWait(in RespCall call, ReadOnlySpan<ulong> keys)
    {
        if (!call.Services.Claims.AreKept)
        {
            return false;
        }

        ClaimState state = call.Services.Claims.Look(keys, isReading: false, call.Client, call.Now);
        if (state == ClaimState.Busy)
        {
            call.Error(KeptKeys.Busy);
        }
        else if (state == ClaimState.Waits)
        {
            call.Stats.Commands--;
        }

        return state != ClaimState.Free;
    }

    // What happens in EXEC belongs to its group.
    private void EnterFirst(ShardHold hold, ulong shards, in RespCall call)
    {
        if (call.Context.IsAtomicStep)
        {
            hold.Enter(shards, call.Now);
        }
        else
        {
            hold.Enter(shards, call.Now, _host.Stage);
        }
    }

    private bool Answer(in RespCall call, ScriptProgress progress)
    {
        switch (progress)
        {
            case ScriptProgress.Running:
                return false;
            case ScriptProgress.Finished:
                int start = call.Output.Length;
                if (!Engine.TryWriteResult(call.Output, call.Version) && !call.Output.Overflowed)
                {
                    call.Output.Truncate(start);
                    call.Error("-ERR the script's result is too large\r\n"u8);
                }

                return true;
            case ScriptProgress.Failed:
                Fail(call, Engine.Error, Engine.ErrorPlace);
                return true;
            default:
                _isUsedUp = true;
                Fail(call, Engine.Error, Engine.ErrorPlace);
                return true;
        }
    }

    private void Fail(in RespCall call, string error, string place) =>
        call.Error(place.Length == 0 ? error : $"{error} script: {_script.Sha1}, on {place}.");

    // Before others have its keys. What the end of the process cuts off is not told: it never happened.
    private void EndGroup()
    {
        if (_isCut)
        {
            _host.Stage.Abandon();
        }
        else if (_host.Stage.IsOpen)
        {
            _host.Stage.Close();
        }
    }

    private void End()
    {
        if (!_isOver)
        {
            _isOver = true;
            _runs.Remove(this);
            EndGroup();
            if (_host.Claim is { } claim && !_isCut)
            {
                _host.Claim = null;
                _claims.Release(claim);
            }

            _loop.GiveBack(_scripts, _host, _isUsedUp);
        }
    }
}
