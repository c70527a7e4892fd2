namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// Runs a combination in as many slices as it takes, and still has the result of one moment, the last one: when a key
/// is written to meanwhile everything begins anew, and the last time it is done at one moment, as Redis does it always.
/// </summary>
internal sealed class Gathering(Combination combination)
{
    private const int MostAttempts = 4;

    private readonly List<ulong> _versions = [];
    private int _attempts;

    /// <summary>What it runs.</summary>
    public Combination Combination { get; } = combination;

    /// <summary>Begins, or writes the error. All keys' shards are held, here and in each step.</summary>
    public bool TryBegin(in RespCall call)
    {
        _attempts++;
        _versions.Clear();
        for (int i = 0; i < Combination.Sources; i++)
        {
            _versions.Add(Combination.VersionOf(call, i));
        }

        return Combination.TryBegin(call);
    }

    /// <summary>Runs the next slice.</summary>
    /// <param name="call">The call.</param>
    /// <param name="sink">Takes the members.</param>
    /// <param name="isLost">What the sink had is gone.</param>
    public GatherStatus Step(in RespCall call, IMemberSink sink, bool isLost = false)
    {
        if (isLost || !IsSame(call))
        {
            return TryBegin(call) ? GatherStatus.Changed : GatherStatus.Refused;
        }

        bool isLast;
        do
        {
            isLast = Combination.Next(call, sink);
        }
        while (!isLast && _attempts >= MostAttempts);
        if (sink.IsRefused)
        {
            call.Error(RespErrors.OutOfMemory);
            return GatherStatus.Refused;
        }

        if (!isLast && call.Context.IsAtomicStepSpent)
        {
            call.Error(RespErrors.TooMuchWork);
            return GatherStatus.Refused;
        }

        return isLast ? GatherStatus.Done : GatherStatus.Unfinished;
    }

    private bool IsSame(in RespCall call)
    {
        for (int i = 0; i < _versions.Count; i++)
        {
            if (Combination.VersionOf(call, i) != _versions[i])
            {
                return false;
            }
        }

        return _versions.Count == Combination.Sources;
    }
}
