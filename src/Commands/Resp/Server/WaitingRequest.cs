namespace SessionGateway.Commands.Resp.Server;

/// <summary>A request that waits for the log or for replicas, and its deadline.</summary>
/// <param name="waiters">Who are told when these came further.</param>
/// <param name="milliseconds">How long it waits; 0 = for ever.</param>
/// <param name="others">Others who are told; null: nobody.</param>
internal abstract class WaitingRequest(RequestWaiters waiters, long milliseconds, RequestWaiters? others = null)
    : PausedRequest
{
    private ClientConnection? _client;
    private Action? _wake;
    private long _deadline;
    private int _token;

    /// <inheritdoc/>
    public override bool HasBegunAnswer => false;

    /// <summary>True when there is nothing more to wait for; from any thread.</summary>
    protected abstract bool IsReached { get; }

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        WakeReason reason = call.Client.TakeWakeReason();
        if (reason == WakeReason.UnblockedWithError && !IsReached)
        {
            call.Error("-UNBLOCKED client unblocked via CLIENT UNBLOCK\r\n"u8);
            return true;
        }

        if (IsReached || reason is WakeReason.TimedOut or WakeReason.Unblocked)
        {
            Answer(call);
            return true;
        }

        Park(call.Client);
        return false;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        if (_wake is not null)
        {
            waiters.Remove(_wake);
            others?.Remove(_wake);
        }
    }

    /// <summary>Answers: it is reached, or the time is over.</summary>
    protected abstract void Answer(in RespCall call);

    private void Park(ClientConnection client)
    {
        if (_client is null)
        {
            _client = client;
            _deadline = milliseconds == 0 ? ClientConnection.NoDeadline : client.DeadlineAfter(milliseconds);
            _wake = Wake;
        }

        Volatile.Write(ref _token, client.Park(_deadline));
        waiters.Add(_wake!);
        others?.Add(_wake!);

        // It may have come true before anybody knew that this one waits.
        if (IsReached)
        {
            Wake();
        }
    }

    private void Wake() => _client!.Wake(Volatile.Read(ref _token));
}
