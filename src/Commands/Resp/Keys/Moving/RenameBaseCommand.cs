using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>RENAME and RENAMENX (redis 7 db.c, renameGenericCommand).</summary>
/// <param name="descriptor">What it is.</param>
/// <param name="isOnlyIfAbsent">Nothing happens when the new key exists, and the answer is a number.</param>
internal abstract class RenameBaseCommand(CommandDescriptor descriptor, bool isOnlyIfAbsent) : MovingCommand(descriptor)
{
    public override MoveOutcome Step(in RespCall call, LargeMove? move)
    {
        ItemKey source = call.Key(1);
        ItemKey target = call.Key(2);
        using MultiShardScope scope = call.Context.EnterMany(call.ShardsOf(1, 2, 1));
        if (!call.Shard(source).TryPeekAttributes(source, call.Now, out _))
        {
            call.Error("-ERR no such key\r\n"u8);
            return MoveOutcome.Refused;
        }

        bool isSame = source.Bytes.SequenceEqual(target.Bytes);
        if (isOnlyIfAbsent && (isSame || call.Shard(target).TryPeekAttributes(target, call.Now, out _)))
        {
            call.Output.WriteInteger(0);
            return MoveOutcome.Refused;
        }

        MoveOutcome outcome = isSame ? MoveOutcome.Done : Move(call, source, target, move);
        if (outcome == MoveOutcome.Done)
        {
            Answer(call, source, target, isSame);
        }

        return outcome;
    }

    private void Answer(in RespCall call, in ItemKey source, in ItemKey target, bool isSame)
    {
        if (!isSame)
        {
            call.Notify(KeyEventClasses.New, "new"u8, target);
            call.Notify(KeyEventClasses.Generic, "rename_from"u8, source);
            call.Notify(KeyEventClasses.Generic, "rename_to"u8, target);
        }

        if (isOnlyIfAbsent)
        {
            call.Output.WriteInteger(1);
        }
        else
        {
            call.Output.WriteOk();
        }
    }
}
