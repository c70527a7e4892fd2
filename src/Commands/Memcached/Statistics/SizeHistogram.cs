using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// <c>stats sizes</c> once it is enabled: how many items there are of each size, in steps of 32 bytes. memcached counts
/// at every write from then on; here the items are counted when somebody asks.
/// </summary>
internal sealed class SizeHistogram : ItemWalkVisitor
{
    private const int StepBytes = 32;

    private readonly SortedDictionary<long, long> _counts = [];

    // STAT <size> <items>\r\n ... END\r\n
    public override void End()
    {
        foreach ((long size, long count) in _counts)
        {
            Output.WriteText($"STAT {size} {count}\r\n");
        }

        base.End();
    }

    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
    {
        long size = (ItemBytes.Of(key, item) + StepBytes - 1) / StepBytes * StepBytes;
        _counts[size] = _counts.GetValueOrDefault(size) + 1;
    }
}
