using SessionGateway.Protocols.Buffers;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SINTER, SUNION and SDIFF: key [key ...], in one step.</summary>
internal abstract class SetCombineCommand(CommandDescriptor descriptor, SetOperation operation)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        using MultiShardScope scope = call.Store.EnterMany(Shards(call), call.Now);
        var sets = new SetCombination(operation, 1, call.Count - 1);
        if (!sets.TryBegin(call, out bool isEmpty))
        {
            return;
        }

        using var members = new OutputBuffer(1024, call.Services.Limits.MaxOutputBytes);
        var writer = new ElementWriter(members, call.Version, ElementForm.Name);
        if (!isEmpty)
        {
            sets.Run(call, writer);
        }

        ElementWriter.WriteHead(call.Output, ElementHead.Set, ElementForm.Name, writer.Count, call.Version);
        call.Output.Write(members.Written);
    }
}
