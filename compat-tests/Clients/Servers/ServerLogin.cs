namespace SessionGateway.CompatTests.Clients.Servers;

/// <summary>The login of the servers that ask for one.</summary>
public static class ServerLogin
{
    /// <summary>User name for SASL PLAIN.</summary>
    public const string User = "tomcat";

    /// <summary>Password for SASL PLAIN and for AUTH.</summary>
    public const string Password = "geheim";
}
