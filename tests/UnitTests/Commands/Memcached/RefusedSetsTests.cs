using SessionGateway.Commands.Memcached;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Memcached;

public sealed class RefusedSetsTests
{
    [Fact]
    public void The_documents_show_the_table()
    {
        string document = File.ReadAllText(RepositoryFiles.PathOf("docs/memory.md"));
        Assert.All(RefusedSets.Table, row => Assert.Contains($"| `{row.Pattern}` | {row.Owner} |", document));
    }
}
