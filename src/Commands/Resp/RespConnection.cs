using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.Transactions;

namespace SessionGateway.Commands.Resp;

/// <summary>
/// What a connection remembers beyond <see cref="ClientConnection"/>; parts are made when first used.
/// </summary>
internal sealed class RespConnection
{
    private ReplyMode _replyMode;
    private bool _isInTransaction;
    private bool _isLimitedToSubscriptions;

    /// <summary>True while a request needs no check of the parts below: the usual case.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>MULTI queue and WATCH list, or null.</summary>
    public Transaction? Transaction { get; set; }

    /// <summary>Channels and patterns, or null.</summary>
    public Subscriptions? Subscriptions { get; set; }

    /// <summary>The command that stopped in its middle, or null.</summary>
    public PausedRequest? Paused { get; private set; }

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

    /// <summary>CLIENT REPLY.</summary>
    public ReplyMode ReplyMode
    {
        get => _replyMode;
        set
        {
            _replyMode = value;
            Update();
        }
    }

    /// <summary>
    /// True while EXEC runs the queue: messages to the own connection wait, because between the replies they would break the
    /// array.
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

    /// <summary>The connection is gone, or the command is complete.</summary>
    public void DropPaused()
    {
        Paused?.Release();
        Paused = null;
    }

    private void Update() => IsPlain = !_isInTransaction && !_isLimitedToSubscriptions && _replyMode == ReplyMode.On;
}
