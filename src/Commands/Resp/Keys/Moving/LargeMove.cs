using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Moving;

/// <summary>
/// A large collection on its way into another shard or database: its pages are copied a slice at a time, and the copy
/// takes its place at one moment when it is whole. Until then both keys are what they were, for everybody. When the
/// original is written to meanwhile the copy begins anew, and the last time it is made at one moment.
/// </summary>
/// <param name="command">What is to be done.</param>
internal sealed class LargeMove(MovingCommand command) : PausedRequest
{
    // A page is looked up, copied and entered in an index: about three microseconds.
    private const int UnitsPerPage = 3;
    private const int PagesPerSlice = 32;
    private const int MostAttempts = 4;

    private TreeCopy? _copy;
    private StagedCollection? _staged;
    private int _attempts;
    private long _now;

    public override bool GoOn(in RespCall call)
    {
        do
        {
            if (command.Step(call, this) != MoveOutcome.Unfinished)
            {
                return true;
            }
        }
        while (!call.Context.ShouldPause());
        return false;
    }

    public override void Release()
    {
        if (_staged is { } staged)
        {
            using ShardScope scope = ItemStore.Enter(staged.Shard);
            Forget();
        }
    }

    /// <summary>Copies the next slice, and puts the copy in its place when it is whole. Both shards are held.</summary>
    public MoveOutcome Step(in RespCall call, in ItemKey source, in ItemKey target)
    {
        _now = call.Now;
        Shard from = call.Shard(source);
        while (true)
        {
            if (_copy is null && !TryBegin(call, source, target))
            {
                call.Error(RespErrors.OutOfMemory);
                return MoveOutcome.Refused;
            }

            int pages = _attempts >= MostAttempts ? int.MaxValue : PagesPerSlice;
            call.Context.Spend(UnitsPerPage * PagesPerSlice);
            switch (_copy!.Step(from, source, pages, call.Now))
            {
                case CopyStatus.Done:
                    return Link(call, source, target);
                case CopyStatus.OutOfMemory:
                    call.Error(RespErrors.OutOfMemory);
                    return MoveOutcome.Refused;
                case CopyStatus.Changed:
                    Forget();
                    break;
                default:
                    if (!call.Context.IsAtomicStepSpent)
                    {
                        return MoveOutcome.Unfinished;
                    }

                    call.Error(RespErrors.TooMuchWork);
                    return MoveOutcome.Refused;
            }
        }
    }

    private bool TryBegin(in RespCall call, in ItemKey source, in ItemKey target)
    {
        _attempts++;
        call.Shard(source).TryPeekAttributes(source, call.Now, out ItemView item);
        _staged = StagedCollection.TryBegin(call.Shard(target), target.Database, item.Type, call.Now);
        _copy = _staged is null ? null : new TreeCopy(_staged);
        return _staged is not null;
    }

    private MoveOutcome Link(in RespCall call, in ItemKey source, in ItemKey target)
    {
        call.Shard(source).TryPeekAttributes(source, call.Now, out ItemView item);
        if (_staged!.TryLink(target, item.ExpiresAt, call.Now))
        {
            _staged = null;
            return MoveOutcome.Done;
        }

        call.Error(RespErrors.OutOfMemory);
        return MoveOutcome.Refused;
    }

    private void Forget()
    {
        _copy?.Release(_now);
        _copy = null;
        _staged = null;
    }
}
