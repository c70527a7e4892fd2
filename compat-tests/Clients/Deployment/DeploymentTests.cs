using SessionGateway.CompatTests.Clients.Support;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Deployment;

/// <summary>docker-compose.yml and the Dockerfiles, as far as they can be read without Docker.</summary>
public sealed class DeploymentTests
{
    private const int Checks = 11;

    [Fact]
    public void Compose_file_and_Dockerfiles_hold_together() =>
        ClientProgram.AssertAllPassed(PythonProgram.Run("deployment_checks.py", Repository.Root), Checks);

    [Theory]
    [InlineData("context-sticky.xml", "true")]
    [InlineData("context-non-sticky.xml", "false")]
    [InlineData("context-sasl.xml", "false")]
    [InlineData("context-redis.xml", "false")]
    public void Tomcat_samples_configure_the_session_manager(string file, string sticky)
    {
        var context = System.Xml.Linq.XDocument.Load(Path.Combine(Repository.Root, "tomcat-samples", file));
        System.Xml.Linq.XElement manager = Assert.Single(context.Root!.Elements("Manager"));
        Assert.Equal("de.javakaffee.web.msm.MemcachedBackupSessionManager", manager.Attribute("className")!.Value);
        Assert.Equal(sticky, manager.Attribute("sticky")!.Value);
        // An answer that comes before the session is stored loses updates; the default waits 100 ms only.
        Assert.Equal("false", manager.Attribute("sessionBackupAsync")!.Value);
        Assert.Equal("1000", manager.Attribute("sessionBackupTimeout")!.Value);
        Assert.Matches(@"^(gateway:11211|redis://any:[\w-]+@gateway:6379/3)$",
            manager.Attribute("memcachedNodes")!.Value);
    }
}
