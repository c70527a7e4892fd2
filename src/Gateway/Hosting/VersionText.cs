namespace SessionGateway.Gateway.Hosting;

/// <summary>The version of the gateway: that of its assembly.</summary>
internal static class VersionText
{
    /// <summary>Major, minor, patch.</summary>
    public static string Value { get; } = typeof(VersionText).Assembly.GetName().Version!.ToString(3);
}
