using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.Transactions;
using SessionGateway.Commands.Resp.Watching;
using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// What a connection remembers beyond <see cref="ClientConnection"/>; parts are made when first used.
/// </summary>
internal sealed class RespConversation
{
    private bool _isOff;
    private bool _skipsThis;
    private bool _skipsNext;
    private int _settled;
    private bool _isInTransaction;
    private bool _isLimitedToSubscriptions;
    private bool _isPostponed;

    /// <summary>True while a request needs no check of the parts below: the usual case.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>MULTI queue and WATCH list, or null.</summary>
    public Transaction? Transaction { get; set; }

    /// <summary>Channels and patterns, or null.</summary>
    public Subscriptions? Subscriptions { get; set; }

    /// <summary>The command that stopped in its middle, or null.</summary>
    public PausedRequest? Paused { get; private set; }

    /// <summary>What <see cref="Paused"/> has cost so far.</summary>
    public CommandCost? Cost { get; set; }

    /// <summary>True between MULTI and EXEC.</summary>
    public bool IsInTransaction
    {
        get => _isInTransaction;
        set
        {
            _isInTransaction = value;
            Update();
        }
    }

    /// <summary>True for RESP2 with subscriptions: only few commands are allowed then.</summary>
    public bool IsLimitedToSubscriptions
    {
        get => _isLimitedToSubscriptions;
        set
        {
            _isLimitedToSubscriptions = value;
            Update();
        }
    }

    /// <summary>Why the connection is sent every command (MONITOR), or null.</summary>
    public PushSource? Monitor
    {
        get;
        set
        {
            field = value;
            Update();
        }
    }

    /// <summary>The script that is executed was sent to monitors.</summary>
    public bool IsScriptTold { get; set; }

    /// <summary>
    /// True while EXEC runs the queue: messages to the own connection wait, because between the replies they would
    /// break the array.
    /// </summary>
    public bool RunsQueue { get; set; }

    /// <summary>Runs a command that may stop in its middle, from its start.</summary>
    public void Run(PausedRequest request, in RespCall call)
    {
        Paused = request;
        GoOn(call);
    }

    /// <summary>Goes on with the command that stopped.</summary>
    public void GoOn(in RespCall call)
    {
        if (Paused!.GoOn(call))
        {
            DropPaused();
        }
    }

    /// <summary>Has a request wait that has not begun.</summary>
    public void Postpone(PostponedRequest request, in RespCall call)
    {
        request.WasSkipped = _skipsThis;
        Run(request, call);
    }

    /// <summary>Has a request run again from its start in the next turn. Nothing of it has been done.</summary>
    public void Postpone(EndedFields request)
    {
        request.WasSkipped = _skipsThis;
        Paused = request;
    }

    /// <summary>The request is run from its start now (<see cref="TakePostponed"/>).</summary>
    public void GoOn(EndedFields request) => Repeat(request.WasSkipped);

    /// <summary>Looks whether the request that waits must wait on; else it is run from its start
    /// (<see cref="TakePostponed"/>).</summary>
    public void GoOn(PostponedRequest request, in RespCall call)
    {
        call.Client.TakeWakeReason();
        if (request.MustWait(call))
        {
            request.Park(call);
            return;
        }

        Repeat(request.WasSkipped);
    }

    /// <summary>Whether the request is one that waited and is to be run now.</summary>
    public bool TakePostponed()
    {
        bool isPostponed = _isPostponed;
        _isPostponed = false;
        return isPostponed;
    }

    /// <summary>The connection is gone, or the command is complete.</summary>
    public void DropPaused()
    {
        Paused?.Release();
        Paused = null;
    }

    /// <summary>What is written now is not sent (CLIENT REPLY OFF, or SKIP before this request).</summary>
    public bool IsMuted => _isOff || _skipsThis;

    /// <summary>CLIENT REPLY OFF.</summary>
    public bool IsOff => _isOff;

    /// <summary>The next answer is not sent.</summary>
    public bool MutesNext => _isOff || _skipsNext;

    /// <summary>A request begins. Only for those that are not <see cref="IsPlain"/>.</summary>
    public void BeginRequest(OutputBuffer output)
    {
        _skipsThis = _skipsNext;
        _skipsNext = false;
        _settled = output.Length;
    }

    /// <summary>The request that <see cref="BeginRequest"/> began is done.</summary>
    public void EndRequest(OutputBuffer output)
    {
        Settle(output);
        _skipsThis = false;
        Update();
    }

    /// <summary>The request is run again from its start: what was said of its answer is said again.</summary>
    public void Repeat() => _skipsNext |= _skipsThis;

    /// <summary>What was written since the last call is final: taken back, if nothing is to be sent now.</summary>
    public void Settle(OutputBuffer output)
    {
        if (IsMuted)
        {
            output.Truncate(_settled);
        }

        _settled = output.Length;
    }

    /// <summary>What was written since the last <see cref="Settle"/> is sent in any case: a push is no
    /// answer.</summary>
    public void SettlePush(OutputBuffer output) => _settled = output.Length;

    /// <summary>What was written since the last <see cref="SettlePush"/> is not sent.</summary>
    public void DropUnsettled(OutputBuffer output) => output.Truncate(_settled);

    /// <summary>CLIENT REPLY ON.</summary>
    public void ReplyOn(OutputBuffer output)
    {
        Settle(output);
        _isOff = _skipsThis = false;
        Update();
    }

    /// <summary>CLIENT REPLY OFF.</summary>
    public void ReplyOff(OutputBuffer output)
    {
        Settle(output);
        _isOff = true;
        Update();
    }

    /// <summary>CLIENT REPLY SKIP: this request's answer is not changed by it, the next one's is.</summary>
    public void ReplySkip()
    {
        _skipsNext = !_isOff;
        Update();
    }

    /// <summary>RESET: as <see cref="ReplyOn"/>, but a SKIP before it holds for its own answer (redis 7.0).</summary>
    public void ResetReplies(OutputBuffer output)
    {
        Settle(output);
        _isOff = _skipsNext = false;
        Update();
    }

    private void Repeat(bool wasSkipped)
    {
        DropPaused();
        _skipsNext = wasSkipped;
        _isPostponed = true;
        Update();
    }

    private void Update() =>
        IsPlain = Monitor is null && !_isInTransaction
            && !_isLimitedToSubscriptions && !_isOff && !_skipsThis && !_skipsNext;
}
