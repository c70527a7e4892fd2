using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>MOVE key db: 1, or 0 when the key is absent here or exists there.</summary>
internal sealed class MoveCommand() : MovingCommand(
    new CommandDescriptor("move", 3, CommandFlags.Write | CommandFlags.Fast)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update, 1)],
        Group = "generic",
        Since = "1.0.0",
        Summary = "Move a key to another database",
        Complexity = "O(1)",
    })
{
    public override MoveOutcome Step(in RespCall call, LargeMove? move)
    {
        if (!call.TryDatabase(2, out int database))
        {
            return MoveOutcome.Refused;
        }

        if (database == call.Client.Database)
        {
            call.Error(RespErrors.SameObject);
            return MoveOutcome.Refused;
        }

        ItemKey source = call.Key(1);
        ItemKey target = call.Store.Key(database, call[1]);
        ulong shards = (1UL << call.Store.ShardOf(source)) | (1UL << call.Store.ShardOf(target));
        using MultiShardScope scope = call.Context.EnterMany(shards);
        if (!call.Shard(source).TryPeekAttributes(source, call.Now, out _)
            || call.Shard(target).TryPeekAttributes(target, call.Now, out _))
        {
            call.Output.WriteInteger(0);
            return MoveOutcome.Refused;
        }

        MoveOutcome outcome = Move(call, source, target, move);
        if (outcome == MoveOutcome.Done)
        {
            call.Notify(KeyEventClasses.New, "new"u8, target);
            call.Notify(KeyEventClasses.Generic, "move_from"u8, source);
            call.Notify(KeyEventClasses.Generic, "move_to"u8, target);
            call.Output.WriteInteger(1);
        }

        return outcome;
    }

    // In another database the key lies in another shard.
    public override ulong ShardsToLock(in RespCall call) => ulong.MaxValue;
}
