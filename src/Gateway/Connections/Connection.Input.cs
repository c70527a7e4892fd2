using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <content>What comes in: received, put behind what is kept, executed.</content>
internal sealed partial class Connection
{
    private void Run()
    {
        // What follows a quit or a request that cannot be read is not executed, even if the answer before had to wait.
        if (HasRunnableInput && !CloseAfterReply)
        {
            RunKept();
        }
        else if (_transport.MayHaveInput && !PeerFinished && !CloseAfterReply)
        {
            ReceiveOnce();
        }
        else if (HoldsReplies && _transport.MayHaveInput && !PeerFinished)
        {
            // After a quit nothing counts any more but the peer's close.
            TakeReceived(_transport.Receive(Loop.ReceiveBuffer), Loop.ReceiveBuffer.Length);
        }

        FinishTurn();
    }

    private void ReceiveOnce()
    {
        // The rest of a request goes straight behind its kept start; everything else through the loop's shared buffer.
        bool continues = !_input.IsEmpty;
        Span<byte> buffer = continues ? Continuation() : Loop.ReceiveBuffer[..HelpingBytes()];
        int received = TakeReceived(_transport.Receive(buffer), buffer.Length);
        if (received == 0 || (_processor is null && !Detect(buffer[0])))
        {
            return;
        }

        Counters.CountRead(received);
        if (_upstream is not null)
        {
            _input.Append(buffer[..received]);
            return;
        }

        if (continues)
        {
            _input.Advance(received);
            if (_input.Length >= _needBytes)
            {
                RunKept();
            }

            return;
        }

        int consumed = Execute(buffer[..received]);
        if (consumed < received && IsOpen && !CloseAfterReply)
        {
            KeepRest(consumed, received);
        }
    }

    // The number of bytes; 0 when there are none, whatever that means for the connection.
    private int TakeReceived(int received, int room)
    {
        if (received > 0)
        {
            bool mayHaveMore = received == room || _transport.MustReadToEnd;
            _transport.MayHaveInput = mayHaveMore;
            LastActive = StalledSince = Loop.Context.Now;
            if (!mayHaveMore)
            {
                AwaitReadable();
            }

            return received;
        }

        _transport.MayHaveInput = false;
        if (received == IoResult.EndOfStream)
        {
            PeerFinished = true;
        }
        else if (received == IoResult.Broken)
        {
            Close();
        }
        else
        {
            AwaitReadable();
        }

        return 0;
    }

    // The start of a large request waits where it is for what has arrived of its rest; what then is still not whole, or
    // not executed, is kept.
    private void KeepRest(int consumed, int received)
    {
        Span<byte> buffer = Loop.ReceiveBuffer;
        if (_needBytes > Loop.Settings.ReceiveBytes && _needBytes <= Loop.Settings.WideReceiveBytes && !IsStranger)
        {
            _sendsLarge = true;
            if (_transport.MayHaveInput && consumed + _needBytes <= buffer.Length)
            {
                Span<byte> room = buffer[received..];
                int more = TakeReceived(_transport.Receive(room), room.Length);
                Counters.CountRead(more);
                received += more;
                if (IsOpen && received - consumed >= _needBytes)
                {
                    consumed += Execute(buffer[consumed..received]);
                }
            }
        }

        if (consumed < received && IsOpen && !CloseAfterReply)
        {
            _input.Append(buffer[consumed..received]);
        }

        if (_sendsLarge)
        {
            Loop.WidenReceiveBuffer();
        }
    }

    // Who has sent a large request before may send another: it is received whole.
    private int HelpingBytes() =>
        _sendsLarge && !IsStranger ? Loop.Settings.WideReceiveBytes : Loop.Settings.ReceiveBytes;

    private void AwaitReadable()
    {
        if (_transport.ArmsReads)
        {
            _transport.AwaitReadable();
        }
    }

    // What is announced gets room for its rest, but a stranger's announcement counts little. There may be more room,
    // left by a longer request: whatever comes is read, and perhaps executed, within this turn, so the helping is not
    // larger for it.
    private Span<byte> Continuation()
    {
        int receive = Loop.Settings.ReceiveBytes;
        int wanted = Math.Clamp(
            _needBytes - _input.Length,
            IsStranger ? StrangerAccount.AlwaysBytes / 2 : receive / 4,
            IsStranger ? receive / 4 : Loop.Settings.MaxReceiveBytes);
        Span<byte> room = _input.GetSpan(wanted);
        return room[..Math.Min(room.Length, Math.Max(wanted, receive))];
    }

    private void RunKept()
    {
        int consumed = Execute(_input.Bytes);
        ForgetWake();
        if (IsOpen)
        {
            _input.Consume(consumed);
        }
    }

    private int Execute(ReadOnlySpan<byte> bytes)
    {
        CommandContext context = Loop.ContextFor(this);
        context.BeginTurn(IsStranger ? StrangerAccount.RequestsPerTurn : context.Services.Limits.RequestsPerTurn);
        context.Output.MaxBytes = (int)Math.Min(OutputLimit.HardBytes, Limits.MaxOutputBytes);
        int consumed = _processor!.Process(bytes, context);
        _needBytes = context.NeedBytes;
        HasRunnableInput = consumed < bytes.Length && _needBytes == 0;
        if (context.Output.Overflowed)
        {
            Loop.Closes.OutputLimit(this, context.Output.MaxBytes);
            Loop.Holds?.TakeWanted();
            Close();
        }
        else if (Loop.Holds is { } holds)
        {
            SendOrHold(context.Output.Written, holds);
        }
        else if (context.Output.Length > 0)
        {
            SendFresh(context.Output.Written);
        }

        if (IsForwarded && IsOpen && !IsSpliced)
        {
            Forward();
        }

        // All connections of the loop share the buffer. Sent, kept or lost: nothing of this one's may stay for the
        // next.
        context.Output.Clear(Loop.Settings.KeepOutputBytes);
        return consumed;
    }

    private bool Detect(byte first)
    {
        if (first == ProtocolDetector.TlsHandshake)
        {
            Loop.Log.TlsOnPlainListener(RemoteAddress, LocalAddress);
            Close();
            return false;
        }

        Protocol = ProtocolDetector.Detect(first, _listener);
        Counters.Connections++;
        Counters.OpenConnections++;
        if (Loop.Settings.Forwarder is { IsAll: true })
        {
            BeginSplice(ConversationTracker.Create(Protocol));
            return true;
        }

        _processor = Loop.CreateProcessor(Protocol);
        return true;
    }

    // A close with unread bytes makes the kernel send a reset, which can overtake the last answer. What has arrived
    // already is taken first; a peer that goes on sending gets its reset.
    private void DiscardUnread()
    {
        if (!CloseAfterReply || PeerFinished)
        {
            return;
        }

        for (int i = 0; i < 4 && _transport.Receive(Loop.ReceiveBuffer) > 0; i++)
        {
        }
    }
}
