using System.Runtime.CompilerServices;

namespace SessionGateway.Commands.Resp.Watching;

/// <summary>
/// How often each command was called on one loop and how long that took. Written by the loop alone, without locks;
/// who reads may see a call counted whose time is not.
/// </summary>
internal sealed class CommandFigures
{
    private readonly CommandFigure[] _all = new CommandFigure[CommandTable.All.IndexCount];

    /// <summary>Those of a command.</summary>
    public CommandFigure Of(int index) => _all[index];

    /// <summary>Counts a call that was measured.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(int index, long nanoseconds, bool hasFailed)
    {
        // What a test has added is not among them.
        if ((uint)index < (uint)_all.Length)
        {
            ref CommandFigure figure = ref _all[index];
            long calls = figure.Unmeasured + 1;
            figure.Unmeasured = 0;
            figure.Calls++;
            figure.Nanoseconds += nanoseconds * calls;
            figure.Failed += hasFailed ? 1 : 0;
            (figure.Histogram ??= new long[LatencyBuckets.Count])[LatencyBuckets.IndexOf(nanoseconds)] += calls;
        }
    }

    /// <summary>Counts a call whose time is not known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void CountUnmeasured(int index, bool hasFailed)
    {
        if ((uint)index < (uint)_all.Length)
        {
            ref CommandFigure figure = ref _all[index];
            figure.Calls++;
            figure.Unmeasured++;
            figure.Failed += hasFailed ? 1 : 0;
        }
    }

    /// <summary>Counts a call that was refused before it began.</summary>
    public void CountRejected(int index)
    {
        if ((uint)index < (uint)_all.Length)
        {
            _all[index].Rejected++;
        }
    }
}
