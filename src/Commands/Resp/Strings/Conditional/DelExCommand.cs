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

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.Count == 2)
        {
            Delete(call, scope.Shard, key, isWanted: true);
            return;
        }

        // In this order (redis 8.4): what is said of a key that is absent, or of another type, is not even looked at.
        Lookup found = scope.Shard.Find(key, ItemType.String, call.Now, out ItemView item, isAccess: false);
        if (found == Lookup.WrongType)
        {
            call.Error("-ERR Key should be of string type if conditions are specified\r\n"u8);
            return;
        }

        bool exists = found == Lookup.Found;
        var condition = new ValueCondition(ValueCondition.KindOf(call, 2), 3);
        if (exists && condition.Kind == ConditionKind.None)
        {
            call.Error("-ERR Invalid condition. Use IFEQ, IFNE, IFDEQ, or IFDNE\r\n"u8);
        }
        else if (!exists || condition.IsValid(call))
        {
            Delete(call, scope.Shard, key, exists && condition.Holds(call, exists, item));
        }
    }

    /// <summary>Deletes a key of any type, when it is wanted and there, and answers.</summary>
    internal static void Delete(in RespCall call, Shard shard, in ItemKey key, bool isWanted)
    {
        bool isGone = isWanted && shard.Remove(key, RemoveReason.Deleted, call.Now);
        if (isGone)
        {
            call.Notify(KeyEventClasses.Generic, "del"u8, key);
        }

        call.Stats.DeleteHits += isGone ? 1 : 0;
        call.Stats.DeleteMisses += isGone ? 0 : 1;
        call.Output.WriteInteger(isGone ? 1 : 0);
    }
}
