using SessionGateway.Commands.Resp.Collections.Combining;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Collections.Sets;

/// <summary>SINTER, SUNION and SDIFF: key [key ...].</summary>
internal abstract class SetCombineCommand(CommandDescriptor descriptor, SetOperation operation)
    : RespCommand(descriptor)
{
    public override void Execute(in RespCall call)
    {
        var gathering = new Gathering(new SetCombination(operation, 1, call.Count - 1));
        using (call.Context.EnterMany(ShardsToLock(call)))
        {
            if (!gathering.TryBegin(call))
            {
                return;
            }

            if (gathering.Combination.Work <= Combination.MostAtOnce)
            {
                Answer(call, gathering.Combination);
                return;
            }
        }

        call.Connection.Run(new CombinedMembers(call, this, gathering), call);
    }

    private static void Answer(in RespCall call, Combination sets)
    {
        using var members = new OutputBuffer(1024, call.Services.Limits.MaxOutputBytes);
        var writer = new ElementWriter(members, call.Version, ElementForm.Name);
        if (!sets.TryRun(call, writer))
        {
            return;
        }

        ElementWriter.WriteHead(call.Output, ElementHead.Set, ElementForm.Name, writer.Count, call.Version);
        call.Output.Write(members.Written);
    }
}
