namespace SessionGateway.Gateway.Options;

/// <summary>The gateway cannot start, and the user can do something about it.</summary>
/// <param name="oneClearLine">What is wrong and what to do, without a line break: printed as it is, nothing else
/// is.</param>
internal sealed class StartupException(string oneClearLine) : Exception(oneClearLine);
