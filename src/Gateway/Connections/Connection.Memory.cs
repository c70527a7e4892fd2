using SessionGateway.Commands;

namespace SessionGateway.Gateway.Connections;

/// <content>What the connection makes the process hold: counted, limited, told (ADR 0009).</content>
internal sealed partial class Connection
{
    /// <summary>Memory that was counted for it after its last turn, with what is on its way to it; from any
    /// thread.</summary>
    public long HeldBytes => Volatile.Read(ref _countedBytes) + (_pushes?.Bytes ?? 0);

    /// <summary>True once it was told to close because of what it holds; from any thread.</summary>
    public bool IsDropped { get; private set; }

    /// <inheritdoc/>
    public override ClientUsage Usage => new()
    {
        Descriptor = _transport.Number,
        InputBytes = _input.Length,
        InputFreeBytes = Math.Max(_input.Capacity - _input.Length, 0),
        OutputBytes = _output.Length + (_pushes?.Bytes ?? 0),
        OutputMemoryBytes = _output.Capacity + _transport.HeldBytes + (_pushes?.Bytes ?? 0),
        WaitingPushes = _pushes?.Count ?? 0,
        StateBytes = StateBytes + ProcessorBytes,
    };

    private CommandLimits Limits => Loop.Context.Services.Limits;

    private int ProcessorBytes => _processor?.HeldBytes ?? 0;

    private OutputLimit OutputLimit =>
        IsSubscribed || IsMonitor ? Limits.PubSubOutput : Limits.NormalOutput;

    /// <summary>
    /// Closes the connection when more waits for its peer than its class allows, or when it holds more than one may.
    /// </summary>
    public void KeepLimits()
    {
        long waiting = _output.Length + (_pushes?.Bytes ?? 0);
        long holds = waiting + _input.Length + StateBytes + ProcessorBytes;
        if (holds == 0 || !IsOpen)
        {
            _softSince = 0;
            return;
        }

        if (BreaksOutputLimit(waiting, waiting - (_held?.Bytes ?? 0)) || _pushes is { HasOverflowed: true })
        {
            Loop.Closes.OutputLimit(this, waiting);
            Close();
        }
        else if (holds > Limits.ClientBytes)
        {
            Loop.Closes.ClientLimit(this, holds);
            Close();
        }
    }

    /// <summary>Has the connection closed, because all hold too much; from any thread.</summary>
    public void Drop()
    {
        IsDropped = true;
        Loop.Post(new LoopMessage(LoopMessageKind.Drop, this));
    }

    /// <summary>Closes a dropped connection, on its loop.</summary>
    public void CloseDropped()
    {
        if (IsOpen)
        {
            Loop.Closes.Dropped(this, HeldBytes);
            Close();
        }
    }

    // What is held does not wait for the peer, however long.
    private bool BreaksOutputLimit(long waiting, long forPeer)
    {
        OutputLimit limit = OutputLimit;
        if (limit.HardBytes > 0 && waiting > limit.HardBytes)
        {
            return true;
        }

        if (limit.SoftBytes == 0 || forPeer <= limit.SoftBytes)
        {
            _softSince = 0;
            return false;
        }

        long now = Loop.Context.Now;
        _softSince = _softSince == 0 ? now : _softSince;
        return now - _softSince > (long)limit.SoftTime.TotalMilliseconds;
    }

    // It has logged in, or has to do so again (RESET, a failed login): what it holds moves to the other account.
    private void ChangeStanding()
    {
        if (IsStranger)
        {
            Loop.Strangers.Account.TryCount(-_countedBytes, 0);
            Loop.Strangers.Leave(this);
            Loop.BufferBytes += _countedBytes;
        }
        else
        {
            Loop.BufferBytes -= _countedBytes;
            _countedBytes = 0;
            Loop.Strangers.Return(this, Loop.Context.Now);
        }
    }

    // What the connection holds counts against the memory limit.
    private void CountBuffers()
    {
        KeepLimits();
        long held = IsOpen
            ? (long)_input.Capacity + _output.Capacity + _transport.HeldBytes + StateBytes + ProcessorBytes
                + (_upstream?.HeldBytes ?? 0)
            : 0;
        if (held == _countedBytes)
        {
            return;
        }

        long growth = held - _countedBytes;
        _countedBytes = held;
        if (!IsStranger)
        {
            Loop.BufferBytes += growth;
        }
        else if (!Loop.Strangers.Account.TryCount(growth, held))
        {
            Close();
        }
    }
}
