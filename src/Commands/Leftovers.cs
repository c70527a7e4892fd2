namespace SessionGateway.Commands;

/// <summary>
/// What was left behind on one loop, the oldest first: the loop does a slice of it between the turns of its connections
/// (ADR 0007).
/// </summary>
public sealed class Leftovers(CommandContext context)
{
    /// <summary>So few steps are done at once, in about half a millisecond: nearly all connections have
    /// fewer.</summary>
    public const int StepsAtOnce = 1024;

    // A piece, and what it costs of a turn: the clock is looked at after each.
    private const int StepsOfPiece = 32;
    private const int UnitsOfPiece = 16;

    private readonly Queue<Leftover> _waiting = new();

    /// <summary>True while there is something to do.</summary>
    public bool Any => _waiting.Count > 0;

    /// <summary>Bytes that wait with it; no connection is charged for them any more.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Does as much as a connection may do in its turn.</summary>
    /// <returns>Bytes that are held no longer.</returns>
    public long Slice()
    {
        long before = HeldBytes;
        context.BeginTurn();
        while (_waiting.TryPeek(out Leftover? work))
        {
            if (work.GoOn(context, StepsOfPiece))
            {
                _waiting.Dequeue();
                HeldBytes -= work.HeldBytes;
            }
            else if (work.TakesTurns)
            {
                _waiting.Enqueue(_waiting.Dequeue());
            }

            context.Spend(UnitsOfPiece);
            if (context.ShouldPause())
            {
                break;
            }
        }

        return before - HeldBytes;
    }

    /// <summary>Does the first steps of something, and leaves the others for later.</summary>
    internal void Leave(Leftover work)
    {
        if (!work.GoOn(context, StepsAtOnce))
        {
            HeldBytes += work.HeldBytes;
            _waiting.Enqueue(work);
        }
    }
}
