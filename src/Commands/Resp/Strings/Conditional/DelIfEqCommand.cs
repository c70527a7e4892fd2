using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>DELIFEQ key value: 1 when the key held the value and is gone. How a lock is released.</summary>
internal sealed class DelIfEqCommand() : RespCommand(
    new CommandDescriptor("delifeq", 3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RM | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "string",
        Since = "9.0.0",
        Summary = "Delete key if value matches string",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.TryString(scope.Shard, key, out ItemView item, out bool exists, isAccess: false))
        {
            bool isWanted = new ValueCondition(ConditionKind.Equal, 2).Holds(call, exists, item);
            DelExCommand.Delete(call, scope.Shard, key, isWanted);
        }
    }
}
