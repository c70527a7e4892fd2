using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Clients.Support;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Python;

/// <summary>pylibmc, and Django's cache and sessions over it: libmemcached's way of sending negative times.</summary>
public abstract class PylibmcSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    private const int Checks = 10;

    [Theory]
    [InlineData("text")]
    [InlineData("binary")]
    public void Negative_and_far_times_mean_what_they_mean_to_memcached(string protocol) =>
        ClientProgram.AssertAllPassed(
            PythonProgram.Run("pylibmc_checks.py", $"127.0.0.1:{server.Port}", protocol), Checks);
}
