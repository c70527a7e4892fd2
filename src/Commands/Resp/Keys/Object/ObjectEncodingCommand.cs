using SessionGateway.Protocols.Resp;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Object;

/// <summary>
/// OBJECT ENCODING key: the encoding Redis would have. A string that was written as a whole is an <c>int</c> if it
/// reads like one (object.c, tryObjectEncoding), what INCRBYFLOAT wrote is text, and what APPEND or SETRANGE changed is
/// <c>raw</c> until it is written again.
/// </summary>
internal sealed class ObjectEncodingCommand() : RespCommand(
    new CommandDescriptor("object|encoding", 3, CommandFlags.ReadOnly)
    {
        Categories = AclCategories.Keyspace,
        Tips = ["nondeterministic_output"],
        Keys = [new KeySpec(KeyAccess.RO, 2)],
        Group = "generic",
        Since = "2.2.3",
        Summary = "Inspect the internal encoding of a Redis object",
        Complexity = "O(1)",
    })
{
    // OBJ_ENCODING_EMBSTR_SIZE_LIMIT of redis 7 object.c.
    private const int EmbeddedBytes = 44;

    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(2);
        using ShardScope scope = call.Context.Enter(key);
        bool exists = scope.Shard.TryPeekAttributes(key, call.Now, out ItemView item);
        call.CountRead(exists);
        if (!exists)
        {
            call.WriteNull();
            return;
        }

        if (item.Type != ItemType.String)
        {
            CollectionInfo info = ShardCollections.Describe(item);
            call.Output.WriteBulk(TypeTable.EncodingOf(item.Type, info));
            return;
        }

        // A value that is kept compressed, and so not shown, is long.
        bool isShort = item.Form != StringForm.Edited && item.Length <= EmbeddedBytes;
        bool isNumber = isShort && item.Form == StringForm.Whole && RespNumbers.TryInt64(item.Value, out _);
        call.Output.WriteBulk(isNumber ? "int"u8 : isShort ? "embstr"u8 : "raw"u8);
    }
}
