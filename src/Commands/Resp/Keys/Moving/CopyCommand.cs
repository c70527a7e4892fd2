using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>COPY source destination [DB destination-db] [REPLACE]: 1, or 0 when nothing was copied.</summary>
internal sealed class CopyCommand() : MovingCommand(
    new CommandDescriptor("copy", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.Keyspace,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1), new KeySpec(KeyAccess.OW | KeyAccess.Update, 2)],
        Group = "generic",
        Since = "6.2.0",
        Summary = "Copy a key",
        Complexity =
            "O(N) worst case for collections, where N is the number of nested items. O(1) for string "
            + "values.",
    })
{
    public override MoveOutcome Step(in RespCall call, LargeMove? move)
    {
        if (!TryOptions(call, out int database, out bool replaces))
        {
            return MoveOutcome.Refused;
        }

        if (database == call.Client.Database && call[1].SequenceEqual(call[2]))
        {
            call.Error(RespErrors.SameObject);
            return MoveOutcome.Refused;
        }

        ItemKey source = call.Key(1);
        ItemKey target = call.Store.Key(database, call[2]);
        ulong shards = (1UL << call.Store.ShardOf(source)) | (1UL << call.Store.ShardOf(target));
        using MultiShardScope scope = call.Context.EnterMany(shards);
        bool exists = call.Shard(source).TryGetAttributes(source, call.Now, out _);
        if (move is null)
        {
            call.CountRead(source, exists);
        }

        bool isRefused = !exists || (!replaces && call.Shard(target).TryPeekAttributes(target, call.Now, out _));
        MoveOutcome outcome = isRefused ? MoveOutcome.Refused : Copy(call, source, target, move);
        if (isRefused)
        {
            call.Output.WriteInteger(0);
        }
        else if (outcome == MoveOutcome.Done)
        {
            call.Notify(KeyEventClasses.New, "new"u8, target);
            call.Notify(KeyEventClasses.Generic, "copy_to"u8, target);
            call.Output.WriteInteger(1);
        }

        return outcome;
    }

    // The other database is known only when the options were read.
    public override ulong ShardsToLock(in RespCall call) => call.Count > 4 ? ulong.MaxValue : call.ShardsOf(1, 2, 1);

    private static bool TryOptions(in RespCall call, out int database, out bool replaces)
    {
        database = call.Client.Database;
        replaces = false;
        for (int i = 3; i < call.Count; i++)
        {
            if (call.Is(i, "replace"u8))
            {
                replaces = true;
            }
            else if (call.Is(i, "db"u8) && i + 1 < call.Count)
            {
                if (!call.TryDatabase(++i, out database))
                {
                    return false;
                }
            }
            else
            {
                call.Error(RespErrors.Syntax);
                return false;
            }
        }

        return true;
    }
}
