namespace SessionGateway.HouseTests.Examples;

/// <summary>A type that <see cref="Seeing"/> uses only inside a method body.</summary>
internal static class Seen
{
    /// <summary>Any number.</summary>
    public static int Count(int n) => n + 1;
}
