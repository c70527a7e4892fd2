namespace SessionGateway.Simulation.Model;

/// <summary>A world that can come next.</summary>
internal readonly record struct Successor(Packed World, ushort Action)
{
    public static void Add(in World world, ActionKind kind, int argument, List<Successor> next) =>
        next.Add(new Successor(WorldCodec.Pack(world), (ushort)(((int)kind << 8) | argument)));

    public static string Name(ushort action) => $"{(ActionKind)(action >> 8)} {action & 255}";
}
