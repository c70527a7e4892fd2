using SessionGateway.Commands.Resp;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <content>
/// A spliced connection: its requests are not executed here; bytes go to the primary and back as they are (ADR 0036).
/// What waits for the primary is its input, what waits for the peer its output; while one waits, nothing more is read
/// of where it came from, so that each holds one helping at most.
/// </content>
internal sealed partial class Connection
{
    private Upstream? _upstream;

    /// <summary>True once its requests go elsewhere.</summary>
    public bool IsSpliced => _upstream is not null;

    /// <summary>Requests wait that the primary's connection has not taken.</summary>
    public bool HasUnsentRequests => !_input.IsEmpty;

    /// <summary>True when it is spliced and nobody can say whether a request of it is on its way.</summary>
    public bool IsUnsurelySpliced => _upstream is { IsUnsure: true };

    /// <summary>The primary is elsewhere now.</summary>
    public void FollowPrimary(PrimaryPlace place)
    {
        if (_upstream is not { } upstream || !IsOpen)
        {
            if (IsOpen && !place.IsHere)
            {
                LeaveRole();
            }

            return;
        }

        if (!upstream.TryFollow(place))
        {
            Cut();
        }

        Loop.Enqueue(this);
    }

    /// <summary>Closes it, because nobody can say what became of its request; what has come of a reply is sent
    /// before.</summary>
    public void Cut()
    {
        if (IsOpen)
        {
            Loop.Settings.Forwarder!.Stats.CountCut();
            EndSplice();
        }
    }

    /// <summary>Answers that there is no primary, and closes.</summary>
    public void RefuseHeld()
    {
        if (IsOpen)
        {
            _upstream!.WriteRefusal(ref _output);
            EndSplice();
        }
    }

    /// <summary>The connection to the primary was closed by the other side.</summary>
    public void OnUpstreamEnded()
    {
        // With the client's last bytes gone there is nothing to wait for.
        if (_upstream!.IsQuiet && !PeerFinished && !_isDraining)
        {
            _upstream.Detach();
        }
        else if (_upstream.IsQuiet || _upstream.IsUnsure)
        {
            EndSplice();
        }
        else
        {
            Cut();
        }
    }

    /// <summary>The transport to the primary has sent some of the input by itself.</summary>
    public void OnRequestsSent(int count)
    {
        _upstream!.NoteSent(_input.Bytes[..count]);
        _input.Consume(count);
        StalledSince = Loop.Context.Now;
    }

    // From now on nothing is executed here. What has been received and not executed goes to the primary.
    private void BeginSplice(ConversationTracker tracker)
    {
        _upstream = new Upstream(this, Loop.Settings.Forwarder!, tracker);
        HasRunnableInput = false;
        _needBytes = 0;
        Loop.Enqueue(this);
    }

    private void TakeSplicedTurn()
    {
        bool isSent = SendWaiting();
        if (!IsOpen)
        {
            return;
        }

        if (CloseAfterReply)
        {
            if (isSent)
            {
                DiscardUnread();
                Close();
            }

            return;
        }

        _upstream!.GoOn();
        if (IsOpen && isSent && _upstream.MayHaveInput)
        {
            // Before requests: a primary that has gone says so here, and gets none.
            ReceiveReplies();
        }

        if (IsOpen && _upstream.IsOpen)
        {
            SendRequests();
        }

        if (IsOpen && !CloseAfterReply)
        {
            ReceiveRequests();
        }

        if (IsOpen && !CloseAfterReply && IsSpliced)
        {
            FinishSplicedTurn();
        }
        else if (IsOpen && !HasUnsent)
        {
            Loop.Enqueue(this);
        }
    }

    private void SendRequests()
    {
        while (!_input.IsEmpty && !_upstream!.HasGone)
        {
            int sent = _upstream.Send(_input.Bytes);
            if (sent == IoResult.WouldBlock)
            {
                _upstream.AwaitRoom(_input.Bytes);
                return;
            }

            if (sent < 0)
            {
                EndUpstream();
                return;
            }

            _input.Consume(sent);
            StalledSince = Loop.Context.Now;
        }
    }

    // One helping, straight on to the primary; what it does not take, waits, and nothing more is read until it is gone.
    private void ReceiveRequests()
    {
        if (!_input.IsEmpty || !_transport.MayHaveInput || PeerFinished || _upstream!.HasGone)
        {
            return;
        }

        Span<byte> buffer = Loop.ReceiveBuffer[..Loop.Settings.ReceiveBytes];
        int received = TakeReceived(_transport.Receive(buffer), buffer.Length);
        if (received == 0)
        {
            if (PeerFinished && IsOpen && _upstream.IsOpen)
            {
                _upstream.FinishSending();
            }

            return;
        }

        Counters.CountRead(received);
        if (!Loop.Settings.Forwarder!.IsAll && Protocol == WireProtocol.Resp
            && (_upstream.State == UpstreamState.Away || _upstream.IsQuiet)
            && Elsewhere.IsAboutThisNode(buffer[..received]))
        {
            _input.Append(buffer[..received]);
            ComeHome();
            return;
        }

        int sent = _upstream.IsOpen ? _upstream.Send(buffer[..received]) : 0;
        sent = Math.Max(sent, 0);
        if (sent < received)
        {
            _input.Append(buffer[sent..received]);
            if (_upstream.IsOpen)
            {
                // What was wrong shows again.
                SendRequests();
            }
        }
    }

    private void ReceiveReplies()
    {
        Span<byte> buffer = Loop.ReceiveBuffer[..Loop.Settings.ReceiveBytes];
        int received = _upstream!.Receive(buffer);
        if (received == IoResult.WouldBlock)
        {
            return;
        }

        if (received <= 0)
        {
            EndUpstream();
            return;
        }

        SendFresh(buffer[..received]);
        if (IsOpen)
        {
            _upstream.LeaveWhenQuiet();
        }
    }

    // What it has sent before it went is still to be read, and goes to the client.
    private void EndUpstream()
    {
        for (int i = 0; i < 16 && IsOpen && _output.IsEmpty && _upstream!.IsOpen; i++)
        {
            Span<byte> buffer = Loop.ReceiveBuffer[..Loop.Settings.ReceiveBytes];
            int received = _upstream.Receive(buffer);
            if (received <= 0)
            {
                break;
            }

            SendFresh(buffer[..received]);
        }

        if (IsOpen)
        {
            OnUpstreamEnded();
        }
    }

    private void FinishSplicedTurn()
    {
        bool hasRequests = !_input.IsEmpty;
        if (_upstream!.State == UpstreamState.Away && Loop.Settings.Forwarder!.Place.IsHere)
        {
            ComeHome();
            return;
        }

        if (hasRequests)
        {
            _upstream.Want();
        }

        bool isOver = PeerFinished || _isDraining;
        if (isOver && !hasRequests && (_upstream.State == UpstreamState.Away || _upstream.IsQuiet)
            && !_transport.MayHaveInput && !HasUnsent)
        {
            Close();
        }
        else if ((_transport.MayHaveInput && !hasRequests && !PeerFinished && !_upstream.HasGone)
            || (_upstream.MayHaveInput && !HasUnsent))
        {
            Loop.Enqueue(this);
        }
    }

    private void EndSplice()
    {
        _upstream!.Close();
        CloseAfterReply = true;
        Loop.Enqueue(this);
    }
}
