using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>
/// SINTERSTORE, SUNIONSTORE and SDIFFSTORE: destination key [key ...]: how many members there are.
/// </summary>
internal abstract class SetStoreCommand(CommandDescriptor descriptor, SetOperation operation) : RespCommand(descriptor)
{
    public override void Execute(in RespCall call) => call.Connection.Run(
        new CombinedStore(this, new SetCombination(operation, 2, call.Count - 1), ItemType.Set), call);
}
