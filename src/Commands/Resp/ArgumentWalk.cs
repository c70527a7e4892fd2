namespace SessionGateway.Commands.Resp;

/// <summary>
/// A command that does one step for each of its arguments, with an answer or none, and may stop between two of them.
/// </summary>
internal sealed class ArgumentWalk(ArgumentWalk.Step step, int next) : PausedRequest
{
    private int _next = next;

    /// <summary>What is done for one argument.</summary>
    /// <returns>False when the command ends with it (an error was written).</returns>
    public delegate bool Step(in RespCall call, int index);

    /// <summary>Does it for all arguments behind the name, now and in later turns.</summary>
    public static void Run(in RespCall call, Step step)
    {
        int next = Some(call, step, 1);
        if (next < call.Count)
        {
            call.Connection.Run(new ArgumentWalk(step, next), call);
        }
    }

    public override bool GoOn(in RespCall call) => (_next = Some(call, step, _next)) >= call.Count;

    // A unit for each step: what these commands do for a name takes about a microsecond.
    private static int Some(in RespCall call, Step step, int next)
    {
        do
        {
            if (!step(call, next++))
            {
                return call.Count;
            }

            call.Context.Spend(1);
        }
        while (next < call.Count && !call.Context.ShouldPause());
        return next;
    }
}
