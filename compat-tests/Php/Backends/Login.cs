namespace SessionGateway.CompatTests.Php.Backends;

/// <summary>The logins of the backends that ask for one; those of the recorded conversations.</summary>
internal static class Login
{
    /// <summary>User name for SASL PLAIN.</summary>
    public const string SaslUser = "sessuser";

    /// <summary>Password of <see cref="SaslUser"/>.</summary>
    public const string SaslPassword = "sesspw";

    /// <summary>User name for AUTH with two arguments.</summary>
    public const string RedisUser = "app";

    /// <summary>Password of <see cref="RedisUser"/>.</summary>
    public const string RedisPassword = "apppw";

    /// <summary>Password for AUTH with one argument.</summary>
    public const string Password = "s3cret";
}
