using SessionGateway.Durability.Sealing;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>Keys of logs in tests.</summary>
internal static class Secrets
{
    public static readonly LogKey First = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    public static readonly LogKey Second = new(Enumerable.Range(100, 32).Select(i => (byte)i).ToArray());

    public static readonly LogKeys Keys = new([First, Second]);

    /// <summary>Half of all histories are encrypted, some with two keys in turn.</summary>
    public static Func<LogKey?> Of(int seed)
    {
        int segments = 0;
        return () => seed % 2 == 0 ? null : segments++ % 2 == 0 || seed % 4 == 1 ? First : Second;
    }
}
