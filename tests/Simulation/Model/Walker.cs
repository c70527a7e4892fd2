namespace SessionGateway.Simulation.Model;

/// <summary>
/// One random way through the worlds, for bounds that cannot be searched: more writes, faults and epochs, and messages
/// that are under way for any time. The kind of step is drawn first, so that rare kinds come as often as common ones.
/// </summary>
internal sealed class Walker(PairModel model, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _way = [];

    /// <summary>What was done.</summary>
    public IReadOnlyList<string> Way => _way;

    /// <summary>How often each kind of step was done.</summary>
    public int[] Uses { get; } = new int[64];

    /// <summary>Walks; what is wrong at the end, or null.</summary>
    public string? Walk(int steps)
    {
        var next = new List<Successor>();
        World world = model.Initial();
        for (int step = 0; step < steps; step++)
        {
            Packed now = WorldCodec.Pack(world);
            next.Clear();
            model.Next(world, true, next);
            next.RemoveAll(n => n.World == now);
            if (next.Count == 0)
            {
                return null;
            }

            int[] kinds = [.. next.Select(n => n.Action >> 8).Distinct()];
            int kind = kinds[_random.Next(kinds.Length)];
            Successor[] choices = [.. next.Where(n => n.Action >> 8 == kind)];
            Successor choice = choices[_random.Next(choices.Length)];
            _way.Add(Successor.Name(choice.Action));
            Uses[kind]++;
            WorldCodec.Unpack(choice.World, out world);
            if (PairModel.Violation(world) is { } violation)
            {
                return violation;
            }
        }

        return null;
    }
}
