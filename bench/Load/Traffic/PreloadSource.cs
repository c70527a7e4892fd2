namespace SessionGateway.Bench.Load.Traffic;

/// <summary>Sets every key once.</summary>
internal sealed class PreloadSource(int keys) : OpSource
{
    private int _next;

    public override bool Next(int connection, out Op op, out int key)
    {
        (op, key) = (Op.Set, _next);
        if (_next == keys)
            return false;
        _next++;
        return true;
    }
}
