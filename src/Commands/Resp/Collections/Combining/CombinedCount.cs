using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Combining;

/// <summary>Counts a combination: SINTERCARD, ZINTERCARD.</summary>
internal sealed class CombinedCount(RespCommand command, Combination combination) : PausedRequest
{
    private readonly Gathering _gathering = new(combination);
    private readonly MemberCounter _members = new();
    private bool _hasBegun;

    public override bool KeepsKeys => _gathering.KeepsKeys;

    public override void Release() => _gathering.Release();

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

    private bool IsDone(in RespCall call)
    {
        using MultiShardScope scope = call.Context.EnterMany(command.ShardsToLock(call));
        if (!_hasBegun && !_gathering.TryBegin(call))
        {
            return true;
        }

        _hasBegun = true;
        switch (_gathering.Step(call, _members))
        {
            case GatherStatus.Done:
                call.Output.WriteInteger(_members.Count);
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
}
