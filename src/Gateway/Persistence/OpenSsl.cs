using System.Runtime.InteropServices;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Persistence;

/// <summary>
/// What the framework encrypts with on Linux. Where it is not there, the framework's first use of it ends the process
/// with 134 and lines of its own: whoever needs it asks here first.
/// </summary>
internal static class OpenSsl
{
    // Overrides which one the framework takes (its documentation: OPENSSL_VERSION_OVERRIDE).
    private const string Override = "DOTNET_OPENSSL_VERSION_OVERRIDE";

    // The names that the framework tries.
    private static readonly string[] Names =
        ["libssl.so.3", "libssl.so.1.1", "libssl.so.1.0.2", "libssl.so.1.0.0", "libssl.so.10"];

    /// <summary>It is there.</summary>
    /// <param name="what">What needs it.</param>
    /// <exception cref="StartupException">It is not.</exception>
    public static void Require(string what)
    {
        if (OperatingSystem.IsLinux() && !IsThere())
        {
            throw new StartupException(
                $"{what} needs OpenSSL, and there is no libssl on this machine (Debian: libssl3)");
        }
    }

    private static bool IsThere()
    {
        string? version = Environment.GetEnvironmentVariable(Override);
        return (version is not null && NativeLibrary.TryLoad($"libssl.so.{version}", out _))
            || Names.Any(name => NativeLibrary.TryLoad(name, out _));
    }
}
