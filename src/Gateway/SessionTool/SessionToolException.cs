namespace SessionGateway.Gateway.SessionTool;

/// <summary>A session command cannot do what was asked.</summary>
/// <param name="oneClearLine">What is wrong and where: printed as it is, nothing else is.</param>
internal sealed class SessionToolException(string oneClearLine) : Exception(oneClearLine);
