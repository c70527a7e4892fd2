namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// Runs a combination in as many slices as it takes, and still has the result of one moment, the last one: when a key
/// is written to meanwhile everything begins anew, and the last time nobody may write to them until it is done.
/// </summary>
internal sealed class Gathering(Combination combination)
{
    private const int MostAttempts = 4;

    private readonly List<ulong> _versions = [];
    private KeyClaims? _claims;
    private KeyClaim? _claim;
    private int _attempts;

    /// <summary>What it runs.</summary>
    public Combination Combination { get; } = combination;

    /// <summary>True while it keeps others from writing to its keys.</summary>
    public bool KeepsKeys => _claim is not null;

    /// <summary>Begins, or writes the error. All keys' shards are held, here and in each step.</summary>
    public bool TryBegin(in RespCall call)
    {
        _attempts++;
        _versions.Clear();
        for (int i = 0; i < Combination.Sources; i++)
        {
            _versions.Add(Combination.VersionOf(call, i));
        }

        call.Context.Spend(Combination.Sources / WorkUnits.KeysPerUnit);
        bool hasBegun = Combination.TryBegin(call);
        if (hasBegun && _attempts == MostAttempts && !call.Context.IsAtomicStep)
        {
            Keep(call);
        }

        return hasBegun;
    }

    /// <summary>It is over, in whatever way.</summary>
    public void Release()
    {
        if (_claim is { } claim)
        {
            _claim = null;
            _claims!.Release(claim);
        }

        Combination.Release();
    }

    /// <summary>Runs the next slice.</summary>
    /// <param name="call">The call.</param>
    /// <param name="sink">Takes the members.</param>
    /// <param name="isLost">What the sink had is gone.</param>
    public GatherStatus Step(in RespCall call, IMemberSink sink, bool isLost = false)
    {
        if (isLost || !Combination.BeginStep(call.Now) || !IsSame(call))
        {
            return TryBegin(call) ? GatherStatus.Changed : GatherStatus.Refused;
        }

        // Seeing that nothing was written costs a look at each key: half as much is done at least.
        long before = WorkOf(sink);
        long most = before + Math.Max(Combination.MostAtOnce, Combination.Sources / 4);
        bool isLast;
        do
        {
            isLast = Combination.Next(call, sink);
        }
        while (!isLast && WorkOf(sink) < most);
        call.Context.Spend((WorkOf(sink) - before + Combination.Sources) / WorkUnits.KeysPerUnit);
        if (sink.IsRefused || Combination.IsRefused)
        {
            Combination.Clear();
            call.Error(RespErrors.OutOfMemory);
            return GatherStatus.Refused;
        }

        if (!isLast && call.Context.IsAtomicStepSpent)
        {
            Combination.Clear();
            call.Error(RespErrors.TooMuchWork);
            return GatherStatus.Refused;
        }

        if (isLast)
        {
            Combination.Clear();
        }

        return isLast ? GatherStatus.Done : GatherStatus.Unfinished;
    }

    // A member that is taken costs a unit.
    private long WorkOf(IMemberSink sink) => Combination.Looked + (sink.Count * WorkUnits.KeysPerUnit);

    // All shards are held: nobody else is in the middle of a write.
    private void Keep(in RespCall call)
    {
        var keys = new List<ulong>();
        for (int i = 0; i < Combination.Sources; i++)
        {
            keys.Add(call.Key(Combination.PlaceOf(i)).Hash);
        }

        _claims = call.Services.Claims;
        _claim = new KeyClaim(call.Now);
        _claims.Keep(_claim, keys);
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
