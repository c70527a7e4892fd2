using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>DELEX key [IFEQ value | IFNE value | IFDEQ digest | IFDNE digest]: 1 when the key is gone.</summary>
internal sealed class DelExCommand() : RespCommand(
    new CommandDescriptor("delex", -2, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RM | KeyAccess.Access | KeyAccess.Delete, 1)],
        Group = "string",
        Since = "8.4.0",
        Summary = "Conditionally removes the specified key based on value or digest comparison",
        Complexity = "O(1) for IFEQ/IFNE, O(N) for IFDEQ/IFDNE where N is the length of the string value.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count is not (2 or 4))
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        var condition = new ValueCondition(call.Count == 2 ? ConditionKind.None : ValueCondition.KindOf(call, 2), 3);
        if (call.Count == 4 && condition.Kind == ConditionKind.None)
        {
            call.Error(RespErrors.Syntax);
        }
        else if (condition.IsValid(call))
        {
            Delete(call, condition);
        }
    }

    /// <summary>Deletes the first key if the condition holds, and answers. Without a condition it may hold any
    /// type.</summary>
    internal static void Delete(in RespCall call, ValueCondition condition)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        ItemView item = default;
        bool exists = true;
        if (condition.Kind != ConditionKind.None
            && !call.TryString(scope.Shard, key, out item, out exists, isAccess: false))
        {
            return;
        }

        bool isGone = exists && condition.Holds(call, exists, item)
            && scope.Shard.Remove(key, RemoveReason.Deleted, call.Now);
        if (isGone)
        {
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }

        call.Stats.DeleteHits += isGone ? 1 : 0;
        call.Stats.DeleteMisses += isGone ? 0 : 1;
        call.Output.WriteInteger(isGone ? 1 : 0);
    }
}
