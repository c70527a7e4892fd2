namespace SessionGateway.CompatTests.DotNet;

/// <summary>User and password for SASL PLAIN.</summary>
internal sealed record NetworkLogin(string User, string Password);
