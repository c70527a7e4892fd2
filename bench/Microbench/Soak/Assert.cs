namespace SessionGateway.Bench.Microbench.Soak;

/// <summary>The assertions that the soak shares with the tests of the store, without their framework.</summary>
internal static class Assert
{
    public static void True(bool condition, string message = "a condition does not hold")
    {
        if (!condition)
        {
            throw new InvalidOperationException(message);
        }
    }

    public static void False(bool condition, string message = "a condition holds that must not") =>
        True(!condition, message);

    public static void Equal<T>(T expected, T actual) =>
        True(EqualityComparer<T>.Default.Equals(expected, actual), $"{actual} instead of {expected}");

    public static void Equal(byte[] expected, byte[] actual) =>
        True(expected.AsSpan().SequenceEqual(actual), "an item has another value");
}
