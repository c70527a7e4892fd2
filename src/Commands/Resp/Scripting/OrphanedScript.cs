namespace SessionGateway.Commands.Resp.Scripting;

/// <summary>A script that has written and whose client is gone: it runs to its end, as in Redis.</summary>
internal sealed class OrphanedScript(ScriptRun run) : Leftover
{
    /// <summary>Its engine is counted where all are.</summary>
    public override long HeldBytes => 0;

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
            run.Release();
            return true;
        }
    }
}
