using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>An answer that is made from all items: walks them in steps of a turn and writes as the peer
/// reads.</summary>
/// <param name="size">Bytes of the request.</param>
/// <param name="visitor">What looks at the items.</param>
internal sealed class ItemWalk(int size, ItemWalkVisitor visitor) : TextRest(size)
{
    private const int ItemsPerStep = 64;
    private const int PlacesPerStep = 640;

    private ulong _cursor;

    /// <summary>Begins the answer.</summary>
    /// <returns>What is left of it when the turn is over, or null when it is answered.</returns>
    public static TextRest? Begin(int size, ItemWalkVisitor visitor, CommandContext context)
    {
        var walk = new ItemWalk(size, visitor);
        return walk.GoOn(default, context) ? null : walk;
    }

    /// <inheritdoc/>
    public override bool GoOn(ReadOnlySpan<byte> input, CommandContext context)
    {
        do
        {
            int places = PlacesPerStep;
            int written = context.Output.Length;
            visitor.Output = context.Output;
            _cursor = context.Store.Scan(
                0, _cursor, visitor.Seen + ItemsPerStep, ref places, context.Now, visitor);
            context.Spend(((PlacesPerStep - places) / WorkUnits.PlacesPerUnit)
                + WorkUnits.ForBytes(context.Output.Length - written));
            if (_cursor == 0 || visitor.HasEnough)
            {
                visitor.End();
                return true;
            }
        }
        while (!context.ShouldPause());
        return false;
    }
}
