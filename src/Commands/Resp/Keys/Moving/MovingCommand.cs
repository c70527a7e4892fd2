using SessionGateway.Store;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>A command that puts the item of one key under another one: at once, or slice by slice.</summary>
internal abstract class MovingCommand(CommandDescriptor descriptor) : RespCommand(descriptor)
{
    public sealed override void Execute(in RespCall call)
    {
        if (HasEndedFields(call))
        {
            return;
        }

        if (Step(call, null) == MoveOutcome.Unfinished)
        {
            call.Connection.Run(new LargeMove(this), call);
        }
    }

    /// <summary>Looks at both keys and does what is to be done, all of it or the next slice. Whatever others did
    /// between two slices is seen.</summary>
    /// <param name="call">The call.</param>
    /// <param name="move">What was copied so far; null at the first look.</param>
    /// <returns>Anything but <see cref="MoveOutcome.Unfinished"/> was answered.</returns>
    public abstract MoveOutcome Step(in RespCall call, LargeMove? move);

    // A target may be absent when its fields are.
    private bool HasEndedFields(in RespCall call)
    {
        for (int i = Descriptor.FirstKey; i <= LastKeyOf(call.Count); i++)
        {
            if (EndedFields.Precede(call, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Copies, or writes the error and leaves both keys as they are.</summary>
    protected static MoveOutcome Copy(in RespCall call, in ItemKey source, in ItemKey target, LargeMove? move)
    {
        if (ItemCopy.IsLarge(call, source))
        {
            return move?.Step(call, source, target) ?? MoveOutcome.Unfinished;
        }

        return ItemCopy.TryCopy(call, source, target) ? MoveOutcome.Done : MoveOutcome.Refused;
    }

    /// <summary>As <see cref="Copy"/>; the source is gone then.</summary>
    protected static MoveOutcome Move(in RespCall call, in ItemKey source, in ItemKey target, LargeMove? move)
    {
        if (source.Database == target.Database && call.Store.ShardOf(source) == call.Store.ShardOf(target)
            && ItemCopy.IsLarge(call, source))
        {
            if (call.Shard(source).Collections.TryRekey(source, target, call.Now))
            {
                return MoveOutcome.Done;
            }

            call.Error(RespErrors.OutOfMemory);
            return MoveOutcome.Refused;
        }

        MoveOutcome outcome = Copy(call, source, target, move);
        if (outcome == MoveOutcome.Done)
        {
            call.Shard(source).Remove(source, RemoveReason.Deleted, call.Now);
        }

        return outcome;
    }
}
