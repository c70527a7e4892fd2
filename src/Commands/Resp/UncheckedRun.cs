using SessionGateway.Commands.Resp.Watching;

namespace SessionGateway.Commands.Resp;

/// <summary>Runs a command for which nobody has looked at the keys that scripts keep, because no script ran.</summary>
internal static class UncheckedRun
{
    /// <summary>Executes a command.</summary>
    /// <returns>False when a script began between the look and the command's own lock and keeps keys now: nothing is
    /// done, and it has to be run by <see cref="KeptKeys.Run"/>.</returns>
    public static bool TryExecute(in RespCall call, RespCommand command)
    {
        CommandContext context = call.Context;
        int start = context.Output.Length;
        context.MustLookAgain = true;
        try
        {
            WatchedRun.Execute(call, command);
            return true;
        }
        catch (KeptKeysException)
        {
            context.Output.Truncate(start);
            call.Connection.DropPaused();
            return false;
        }
        finally
        {
            context.MustLookAgain = false;
        }
    }
}
