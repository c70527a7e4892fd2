using System.Security.Cryptography;
using System.Text;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCoreTests.Parts;

public sealed class ReleaseScriptTests
{
    /// <summary>The hash that phpredis sends, and that stores without Lua know.</summary>
    [Fact]
    public void The_release_script_is_that_of_phpredis() => Assert.Equal(
        "b70c2384248f88e6b75b9f89241a180f856ad852",
        Convert.ToHexStringLower(SHA1.HashData(Encoding.ASCII.GetBytes(TokenLock.ReleaseScript))));
}
