using SessionGateway.Commands.Resp.Wide;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HMSET key field value [field value ...].</summary>
internal sealed class HMSetCommand() : HashSetCommand(
    new CommandDescriptor("hmset", -4, CommandFlags.Write | CommandFlags.DenyOom | CommandFlags.Fast)
    {
        Categories = AclCategories.Hash,
        Keys = [new KeySpec(KeyAccess.RW | KeyAccess.Update, 1)],
        Group = "hash",
        Since = "2.0.0",
        Summary = "Set multiple hash fields to multiple values",
        Complexity = "O(N) where N is the number of fields being set.",
    })
{
    protected override WideReply Reply => WideReply.Last;

    protected override void Answer(in RespCall call, int added) => call.Output.WriteOk();
}
