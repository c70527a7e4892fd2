using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>The members of a combination of large sets, collected slice by slice.</summary>
internal sealed class CombinedMembers(in RespCall call, RespCommand command, Gathering gathering)
    : CollectedReply(call, ElementHead.Set, ElementForm.Name)
{
    public override bool KeepsKeys => gathering.KeepsKeys;

    public override void Release()
    {
        gathering.Release();
        base.Release();
    }

    protected override bool Collect(in RespCall call)
    {
        using MultiShardScope scope = call.Context.EnterMany(command.ShardsToLock(call));
        switch (gathering.Step(call, Writer))
        {
            case GatherStatus.Done:
                gathering.Release();
                return true;
            case GatherStatus.Refused:
                Refuse();
                return true;
            case GatherStatus.Changed:
                Restart(call);
                return false;
            default:
                return false;
        }
    }
}
