using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Hashes;

/// <summary>HGETALL, HKEYS and HVALS: everything of a hash.</summary>
internal abstract class HashListCommand(CommandDescriptor descriptor, ElementHead head, ElementForm form)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call) => NamedListing.Run(call, ItemType.Hash, head, form);
}
