using SessionGateway.Commands.Resp.Strings.Conditional;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings;

/// <summary>SET key value [NX | XX | IFEQ value | IFNE value | IFDEQ digest | IFDNE digest] [GET] [EX s | PX ms | EXAT
/// s | PXAT ms | KEEPTTL].</summary>
internal sealed class SetCommand() : RespCommand(
    new CommandDescriptor("set", -3, CommandFlags.Write | CommandFlags.DenyOom)
    {
        Categories = AclCategories.String,
        Keys =
        [
            new KeySpec(KeyAccess.RW | KeyAccess.Access | KeyAccess.Update | KeyAccess.VariableFlags, 1)
            {
                Notes = "RW and ACCESS due to the optional `GET` argument",
            },
        ],
        Group = "string",
        Since = "1.0.0",
        Summary = "Set the string value of a key",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        SetOptions options = default;
        if (call.Count > 3 && !options.TryParse(call, 3, isSet: true))
        {
            return;
        }

        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (call.Count == 3)
        {
            if (call.TryPut(scope.Shard, key, call[2], default, 0, 0))
            {
                call.Output.WriteOk();
            }

            return;
        }

        SetWithOptions(call, scope.Shard, key, options);
    }

    private static void SetWithOptions(in RespCall call, Shard shard, in ItemKey key, in SetOptions options)
    {
        bool needsValue = options.IsGet || options.Condition.Kind != ConditionKind.None;
        bool exists = needsValue
            ? shard.TryPeek(key, call.Now, out ItemView item)
            : shard.TryPeekAttributes(key, call.Now, out item);
        if (needsValue && exists && item.Type != ItemType.String)
        {
            call.Error(RespErrors.WrongType);
            return;
        }

        int start = call.Output.Length;
        if (options.IsGet)
        {
            call.CountRead(key, exists);
            if (exists)
            {
                call.Output.WriteBulk(item.Value);
            }
            else
            {
                call.WriteNull();
            }
        }

        if (options.IsOnlyIfAbsent && exists || options.IsOnlyIfPresent && !exists
            || !options.Condition.Holds(call, exists, item))
        {
            if (!options.IsGet)
            {
                call.WriteNull();
            }

            return;
        }

        long expiresAt = options.KeepsExpiry && exists ? item.ExpiresAt : options.ExpiresAt;
        int answered = call.Output.Length;
        bool isDone = options.ExpiresAt != 0
            ? call.TryPutExpiring(shard, key, call[2], expiresAt)
            : call.TryPut(shard, key, call[2], default, 0, expiresAt);
        if (!isDone)
        {
            KeepOnlyError(call, start, answered);
        }
        else if (!options.IsGet)
        {
            call.Output.WriteOk();
        }
    }

    public override KeyAccess AccessOf(in RespCall call)
    {
        bool reads = false;
        for (int i = 3; i < call.Count; i++)
        {
            reads |= call.Is(i, "get"u8);
        }

        return reads ? KeyAccess.RW | KeyAccess.Access | KeyAccess.Update : KeyAccess.OW | KeyAccess.Update;
    }

    // Memory ran out after the old value was written as the answer to GET: the error takes its place.
    private static void KeepOnlyError(in RespCall call, int start, int answered)
    {
        if (answered > start)
        {
            call.Output.Truncate(start);
            call.Output.Write(RespErrors.OutOfMemory);
        }
    }
}
