namespace SessionGateway.Commands.Resp.Wide;

/// <summary>
/// Work on one key that takes several steps and is one moment for others: the key is kept meanwhile
/// (<see cref="KeyHold"/>). It needs nothing of the request, so that it goes on to its end without the client.
/// </summary>
/// <param name="keys">The key.</param>
/// <param name="context">Its loop.</param>
internal abstract class KeptSteps(KeyHold keys, CommandContext context) : PausedRequest
{
    private bool _hasBegun;
    private bool _isDone;

    /// <inheritdoc/>
    public override bool KeepsKeys => keys.IsKept;

    /// <inheritdoc/>
    public override bool GoOn(in RespCall call)
    {
        if (!_hasBegun)
        {
            ClaimState state = keys.BeginFirst(call.Client, call.Now);
            if (state == ClaimState.Busy)
            {
                call.Error(KeptKeys.Busy);
            }

            if (state != ClaimState.Free)
            {
                return state == ClaimState.Busy;
            }

            try
            {
                Steps(call.Context);
            }
            finally
            {
                _hasBegun = true;
                keys.EndFirst(_isDone, call.Now);
            }
        }
        else
        {
            Further(call.Context);
        }

        if (_isDone)
        {
            keys.Release();
            Answer(call);
        }

        return _isDone;
    }

    /// <inheritdoc/>
    public override void Release()
    {
        if (keys.IsKept && !_isDone)
        {
            context.Leftovers.Leave(new Rest(this));
        }
    }

    /// <summary>Does a few microseconds of the work.</summary>
    /// <returns>True when all is done.</returns>
    protected abstract bool Step(CommandContext context);

    /// <summary>Writes the answer.</summary>
    protected abstract void Answer(in RespCall call);

    private void Further(CommandContext current)
    {
        keys.BeginStep(current.Now);
        try
        {
            Steps(current);
        }
        finally
        {
            keys.EndStep();
        }
    }

    private void Steps(CommandContext current)
    {
        do
        {
            _isDone = Step(current);
        }
        while (!_isDone && !current.ShouldPause());
    }

    private sealed class Rest(KeptSteps steps) : Leftover
    {
        public override long HeldBytes => 0;

        internal override bool TakesTurns => true;

        internal override bool GoOn(CommandContext context, int count)
        {
            try
            {
                steps.Further(context);
                if (!steps._isDone)
                {
                    return false;
                }
            }
            catch (Exception failure)
            {
                // A connection's turn would have contained it; here it would end the loop.
                context.Services.Resp.ScriptLog?.Failed(failure);
            }

            steps.ReleaseKeys();
            return true;
        }
    }

    private void ReleaseKeys() => keys.Release();
}
