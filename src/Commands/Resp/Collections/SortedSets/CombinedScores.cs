using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.SortedSets;

/// <summary>The members of a combination of large sorted sets: a sorted set that nobody else sees is made of them,
/// slice by slice, and read in its order then.</summary>
internal sealed class CombinedScores(in RespCall call, RespCommand command, Gathering gathering, ElementForm form)
    : CollectedReply(call, ElementHead.Array, form)
{
    private const int EntriesPerSlice = 1024;

    private readonly StagedSink _members = new(ItemType.SortedSet, isStored: false);
    private bool _isGathered;

    public override bool KeepsKeys => gathering.KeepsKeys;

    public override void Release()
    {
        gathering.Release();
        _members.Release();
        base.Release();
    }

    protected override bool Collect(in RespCall call)
    {
        using MultiShardScope scope = call.Context.EnterMany(command.ShardsToLock(call));
        bool isLost = !_members.BeginStep(call, call.Key(gathering.Combination.PlaceOf(0)));
        if (_isGathered && !isLost)
        {
            return IsRead(call);
        }

        _isGathered = false;
        switch (gathering.Step(call, _members, isLost))
        {
            case GatherStatus.Done:
                _isGathered = true;
                gathering.Release();
                return false;
            case GatherStatus.Refused:
                Refuse();
                return true;
            case GatherStatus.Changed:
                _members.Clear();
                Restart(call);
                return false;
            default:
                return false;
        }
    }

    private bool IsRead(in RespCall call)
    {
        ItemKey key = _members.Staged!.Key;
        _members.Staged.Shard.Collections.SortedSets.Walk(
            key, Writer.Count, EntriesPerSlice, isReverse: false, call.Now, Writer);
        return Writer.Count >= _members.Staged.Count(call.Now);
    }
}
