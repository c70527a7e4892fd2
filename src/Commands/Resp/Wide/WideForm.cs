namespace SessionGateway.Commands.Resp.Wide;

/// <summary>How a call with many arguments is cut into calls of the same command with few of them. The default: it is
/// not.</summary>
/// <param name="First">The first argument of those that are shared out; all before them go with each piece.</param>
/// <param name="Step">Arguments that belong together.</param>
/// <param name="Reply">What becomes of the answers.</param>
/// <param name="CountAt">Argument that says how many there are, in steps; 0 = there is none.</param>
internal readonly record struct WideForm(int First, int Step, WideReply Reply, int CountAt = 0)
{
    /// <summary>True for a call that is done in one piece.</summary>
    public bool IsNone => Step == 0;
}
