using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Clients.Servers;
using SessionGateway.CompatTests.Harness;
using Xunit;

namespace SessionGateway.CompatTests.Clients.Libmemcached;

/// <summary>
/// memccapable, libmemcached's own conformance test. <c>data/memccapable-1.6.18.txt</c> lists what memcached 1.6.18
/// passes; a server under test must pass at least that.
/// </summary>
public abstract class MemccapableSuite<TServer>(TServer server) : IClassFixture<TServer>
    where TServer : class, IMemcached
{
    [Theory]
    [InlineData("ascii", "-a")]
    [InlineData("binary", "-b")]
    public void Passes_all_that_memcached_passes(string protocol, string option)
    {
        string[] expected = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "memccapable-1.6.18.txt"))
            .Where(name => name.StartsWith(protocol, StringComparison.Ordinal))];
        ToolResult result = Tool.Run("memccapable",
            ["-h", "127.0.0.1", "-p", $"{server.Port}", option, "-v", "-t", "5"]);
        // After a failed test the next name may stand on the same line.
        HashSet<string> passed = [.. Regex.Matches(result.StdOut, $@"({protocol} [a-z ]+?) *\[pass\]")
            .Select(match => match.Groups[1].Value)];
        Assert.Equal(27, expected.Length);
        Assert.True(passed.IsSupersetOf(expected),
            $"failed: {string.Join(", ", expected.Except(passed))}\n{result.StdOut}\n{result.StdErr}");
    }
}
