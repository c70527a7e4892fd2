using SessionGateway.Commands;

namespace SessionGateway.Gateway.Connections;

/// <content>
/// A request that waits to be run again. Its bytes stay in front of the input; meanwhile the peer is listened to as far
/// as one helping goes, so that its close is noticed, and what it sends waits behind the request.
/// </content>
internal sealed partial class Connection
{
    private ParkDeadline? _deadline;
    private int _wokenToken;

    // It may be that others wait for this one to look: it does, whether or not its peer has read the answers before.
    private bool IsToRunAgain => WakeReason != WakeReason.None;

    /// <inheritdoc/>
    public override void Wake(int token)
    {
        // One message is enough for one wait, however many write meanwhile.
        if (token == ParkToken && Interlocked.Exchange(ref _wokenToken, token) != token)
        {
            Loop.Post(new LoopMessage(LoopMessageKind.Wake, this, token));
        }
    }

    /// <inheritdoc/>
    public override bool TryUnblock(bool withError)
    {
        if (!IsParked)
        {
            return false;
        }

        Loop.Post(new LoopMessage(LoopMessageKind.Unblock, this, withError ? 1 : 0));
        return true;
    }

    /// <inheritdoc/>
    public override long DeadlineAfter(long milliseconds) => Loop.Deadlines.After(milliseconds);

    /// <summary>A wake arrives on the loop; one for an earlier wait does nothing.</summary>
    public void DeliverWake(int token)
    {
        if (token == ParkToken)
        {
            RunAgain(WakeReason.Woken);
        }
    }

    /// <summary>CLIENT UNBLOCK arrives on the loop.</summary>
    public void DeliverUnblock(bool withError) =>
        RunAgain(withError ? WakeReason.UnblockedWithError : WakeReason.Unblocked);

    /// <summary>The deadline has come.</summary>
    public void DeliverDeadline() => RunAgain(WakeReason.TimedOut);

    /// <inheritdoc/>
    protected override void OnParked(long deadline)
    {
        Loop.Context.Stats.Parked++;
        if (deadline != NoDeadline)
        {
            _deadline ??= new ParkDeadline(this);
            Loop.Deadlines.Set(_deadline, deadline);
        }
    }

    private void RunAgain(WakeReason reason)
    {
        if (IsOpen)
        {
            LeavePark();
            if (TryUnpark(reason))
            {
                StalledSince = Loop.Context.Now;
                Loop.Enqueue(this);
            }
        }
    }

    private void LeavePark()
    {
        if (IsParked)
        {
            Loop.Context.Stats.Parked--;
            if (_deadline is not null)
            {
                Loop.Deadlines.Remove(_deadline);
            }
        }
    }

    // A request that did not ask why it was run again leaves nothing to the next one.
    private void ForgetWake()
    {
        if (IsToRunAgain)
        {
            TakeWakeReason();
        }
    }

    private void ReceiveBehindParked()
    {
        if (_transport.MayHaveInput && _input.Length < Loop.ReceiveBuffer.Length)
        {
            Span<byte> buffer = _input.GetSpan(Loop.ReceiveBuffer.Length / 4);
            int received = TakeReceived(_transport.Receive(buffer), buffer.Length);
            if (received > 0)
            {
                Counters.CountRead(received);
                _input.Advance(received);
            }
        }

        FinishTurn();
    }

    // Nobody is there any more to be answered, or nobody will be.
    private void FinishParked()
    {
        bool hasRoom = _input.Length < Loop.ReceiveBuffer.Length;
        if (PeerFinished || _isDraining || (!hasRoom && _transport.LooksClosed()))
        {
            if (!HoldsReplies)
            {
                Close();
            }
        }
        else if (_transport.MayHaveInput && hasRoom)
        {
            Loop.Enqueue(this);
        }
    }
}
