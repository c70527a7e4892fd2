namespace SessionGateway.Commands.Resp.Wide;

/// <summary>A wide call that has written and whose client is gone: it runs to its end.</summary>
internal sealed class WideLeftover(WideRun run, long bytes) : Leftover
{
    /// <inheritdoc/>
    public override long HeldBytes => bytes;

    internal override bool TakesTurns => true;

    internal override bool GoOn(CommandContext context, int steps)
    {
        try
        {
            return run.GoOnAlone(context);
        }
        catch (Exception failure)
        {
            // A connection's turn would have contained it; here it would end the loop.
            context.Services.Resp.ScriptLog?.Failed(failure);
            run.End();
            return true;
        }
    }
}
