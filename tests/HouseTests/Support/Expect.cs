namespace SessionGateway.HouseTests.Support;

/// <summary>How checks are asserted: with everything that is wrong, not only the first.</summary>
internal static class Expect
{
    /// <summary>Fails with all violations.</summary>
    public static void None(IEnumerable<string> violations)
    {
        string[] all = [.. violations];
        Assert.True(all.Length == 0, $"{all.Length} violations:\n{string.Join('\n', all)}");
    }

    /// <summary>Fails unless there is exactly one violation and it holds a text.</summary>
    public static void One(string part, IEnumerable<string> violations) =>
        Assert.Contains(part, Assert.Single(violations));
}
