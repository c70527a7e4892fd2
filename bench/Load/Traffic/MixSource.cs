namespace SessionGateway.Bench.Load.Traffic;

/// <summary>Gets and sets of random keys in the given proportion, for ever or some times per connection.</summary>
internal sealed class MixSource(int getPercent, int keys, ulong seed, int connections = 0, int perConnection = 0)
    : OpSource
{
    private readonly int[] _asked = new int[connections];
    private XorShift _random = new(seed);

    public override bool Next(int connection, out Op op, out int key)
    {
        op = getPercent switch
        {
            100 => Op.Get,
            0 => Op.Set,
            _ => _random.Below(100) < getPercent ? Op.Get : Op.Set,
        };
        key = _random.Below(keys);
        return perConnection == 0 || _asked[connection]++ < perConnection;
    }
}
