using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>
/// Puts a combination under the key in argument 1, in place of whatever it held, at the moment when it is whole, and
/// answers how many members there are. Until then, and when memory runs out, the key is what it was.
/// </summary>
/// <param name="command">The command; its name is the event's.</param>
/// <param name="combination">What it stores.</param>
/// <param name="type">As what it stores it.</param>
internal sealed class CombinedStore(RespCommand command, Combination combination, ItemType type) : PausedRequest
{
    private readonly Gathering _gathering = new(combination);
    private readonly StagedSink _members = new(type, isStored: true);
    private bool _hasBegun;

    public override bool GoOn(in RespCall call)
    {
        do
        {
            if (IsDone(call))
            {
                return true;
            }
        }
        while (!call.Context.ShouldPause());
        return false;
    }

    public override bool KeepsKeys => _gathering.KeepsKeys;

    public override void Release()
    {
        _gathering.Release();
        _members.Release();
    }

    private bool IsDone(in RespCall call)
    {
        using MultiShardScope scope = call.Context.EnterMany(command.ShardsToLock(call));
        if (!_hasBegun && !_gathering.TryBegin(call))
        {
            return true;
        }

        _hasBegun = true;
        bool isLost = !_members.BeginStep(call, call.Key(1));
        switch (_gathering.Step(call, _members, isLost))
        {
            case GatherStatus.Done:
                Put(call);
                return true;
            case GatherStatus.Refused:
                return true;
            case GatherStatus.Changed:
                _members.Clear();
                return false;
            default:
                return false;
        }
    }

    private void Put(in RespCall call)
    {
        ItemKey key = call.Key(1);
        Shard shard = call.Shard(key);
        long count = _members.Staged!.Count(call.Now);
        if (count == 0)
        {
            if (shard.Remove(key, RemoveReason.Deleted, call.Now))
            {
                call.Notify(KeyEventClasses.Generic, "del"u8, key);
            }

            call.Output.WriteInteger(0);
            return;
        }

        call.NotifyIfNew(shard, key);
        if (!_members.TryLink(call, key))
        {
            call.Error(RespErrors.OutOfMemory);
            return;
        }

        KeyEventClasses kind = type == ItemType.Set ? KeyEventClasses.Set : KeyEventClasses.SortedSet;
        call.Notify(kind, command.ShortName, key);
        call.Output.WriteInteger(count);
    }
}
