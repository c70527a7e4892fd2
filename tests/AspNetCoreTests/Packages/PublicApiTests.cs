using SessionGateway.AspNetCore;
using SessionGateway.CompatTests.Harness;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCoreTests.Packages;

public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Sessions", typeof(SessionTree))]
    [InlineData("AspNetCore", typeof(SharedSession))]
    public void The_public_face_is_the_one_that_was_reviewed(string project, Type member) =>
        PublicApi.AssertIs(member, Path.Combine(Repository.Root, "src", project, "PublicApi.txt"));
}
