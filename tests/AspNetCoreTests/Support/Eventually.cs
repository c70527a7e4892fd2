namespace SessionGateway.AspNetCoreTests.Support;

/// <summary>Waits for what another process or request is about to do.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<bool> condition)
    {
        for (int tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 6000, "did not happen in 60 s");
            await Task.Delay(10);
        }
    }
}
