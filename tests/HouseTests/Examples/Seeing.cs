namespace SessionGateway.HouseTests.Examples;

/// <summary>Uses <see cref="Seen"/> and <see cref="SeenField"/>, and nothing else of this assembly.</summary>
internal sealed class Seeing
{
    private readonly List<SeenField[]> _fields = [];

    /// <summary>A body with a switch, a loop and a long constant before the call that must be found.</summary>
    public long Look(int n)
    {
        long sum = 0x1234_5678_9ABC;
        for (int i = 0; i < n; i++)
        {
            sum += n switch { 0 => 1, 1 => 5, 2 => 9, 3 => 11, 4 => 17, _ => Seen.Count(i) };
        }

        return sum + _fields.Count;
    }
}
