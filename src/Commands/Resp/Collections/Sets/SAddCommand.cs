using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SADD key member [member ...]: how many are new.</summary>
internal sealed class SAddCommand() : RespCommand(
    new CommandDescriptor("sadd", -3, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Set,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Insert, 1)],
        Group = "set",
        Since = "1.0.0",
        Summary = "Add one or more members to a set",
        Complexity =
            "O(1) for each element added, so O(N) to add N elements when the command is called with multiple"
            + " arguments.",
    })
{
    protected override WideForm Cut(in RespCall call) => new(2, 1, WideReply.Sum);

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        call.NotifyIfNew(scope.Shard, key);
        int added = 0;
        for (int i = 2; i < call.Count; i++)
        {
            ElementWrite outcome = scope.Shard.Collections.Sets.Add(key, call[i], call.Now);
            if (!call.Accepts(outcome))
            {
                return;
            }

            added += outcome == ElementWrite.Added ? 1 : 0;
        }

        call.Context.Spend(call.Count / WorkUnits.KeysPerUnit);
        if (added > 0)
        {
            call.Notify(KeyEventClasses.Set, "sadd"u8, key);
        }

        call.Output.WriteInteger(added);
    }
}
