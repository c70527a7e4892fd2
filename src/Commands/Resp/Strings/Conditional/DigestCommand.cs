using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Strings.Conditional;

/// <summary>DIGEST key: 16 hexadecimal digits, or null.</summary>
internal sealed class DigestCommand() : RespCommand(
    new CommandDescriptor("digest", 2, CommandFlags.ReadOnly | CommandFlags.Fast)
    {
        Categories = AclCategories.String,
        Keys = [new KeySpec(KeyAccess.RO | KeyAccess.Access, 1)],
        Group = "string",
        Since = "8.4.0",
        Summary = "Get the XXH3 hash of a string value",
        Complexity = "O(N) where N is the length of the string value.",
    })
{
    public override void Execute(in RespCall call)
    {
        ItemKey key = call.Key(1);
        using ShardScope scope = call.Context.Enter(key);
        if (!call.TryString(scope.Shard, key, out ItemView item, out bool exists))
        {
            return;
        }

        call.CountRead(key, exists);
        if (!exists)
        {
            call.WriteNull();
            return;
        }

        call.Context.Spend(WorkUnits.ForBytes(item.Length));
        Span<byte> text = stackalloc byte[ValueDigest.Digits];
        ValueDigest.Format(ValueDigest.Of(item.Value), text);
        call.Output.WriteBulk(text);
    }
}
