namespace SessionGateway.ServerTests.Timers;

/// <summary>What a timer wheel does, said slowly: a list in the order of setting.</summary>
internal sealed class NaiveWheel
{
    private readonly List<(int Number, long DueAt)> _timers = [];
    private long _now;

    public int Count => _timers.Count;

    public long? First => _timers.Count == 0 ? null : _timers.Min(t => t.DueAt);

    public void Set(int number, long dueAt)
    {
        Remove(number);
        _timers.Add((number, Math.Max(dueAt, _now)));
    }

    public void Remove(int number) => _timers.RemoveAll(t => t.Number == number);

    public List<int> Advance(long now)
    {
        _now = Math.Max(_now, now);
        List<int> due = [.. _timers.Where(t => t.DueAt <= _now).OrderBy(t => t.DueAt).Select(t => t.Number)];
        _timers.RemoveAll(t => t.DueAt <= _now);
        return due;
    }
}
