using System.Text.Json;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Sites;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Applications that use the classes Memcache and Memcached beside their sessions.</summary>
public abstract class ApiSuite<TBackend> : PhpSuite<TBackend>
    where TBackend : IBackend, new()
{
    private const string Common =
        """
        "miss":false,"add":true,"add again":false,"replace":true,
        "increment":15,"decrement":0,"increment nothing":false,"set":true,"get several":["one"],
        "delete":true,"delete again":false,
        """;

    private const string OfMemcached =
        """
        "touch":true,"touch nothing":false,"cas":true,"cas again":false,"after cas":"two",
        "set several":true,"delete several":true,
        """;

    /// <summary>Class and protocol.</summary>
    public static TheoryData<string, bool> Apis =>
        new() { { "memcache", false }, { "memcache", true }, { "memcached", false }, { "memcached", true } };

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task The_session_of_the_memcache_handler_is_read_by_its_id(string api, bool binary)
    {
        // pecl-memcache has no prefix by default: the key is session_id().
        using Browser user = Visitor(new MemcacheSetup(binary ? "binary" : "ascii", "php"));
        Reply reply = await user.Get(Left, Page(api, binary, "session&prefix="));
        Assert.True(reply.Values["same"].GetBoolean());
        Assert.Empty(reply.Problems);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task The_session_of_the_memcached_handler_is_read_by_its_prefix_and_id(string api, bool binary)
    {
        using Browser user = Visitor(new MemcachedSetup(binary, "php"));
        user.Ini["memcache.protocol"] = binary ? "binary" : "ascii";
        Reply reply = await user.Get(Left, Page(api, binary, "session&prefix=memc.sess.key."));
        Assert.True(reply.Values["same"].GetBoolean());
        Assert.Empty(reply.Problems);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_the_memcache_handler_compressed_keeps_its_flags(bool binary)
    {
        var setup = new MemcacheSetup(binary ? "binary" : "ascii", "php");
        using Browser user = Visitor(setup);
        Reply reply = await user.Get(Left, Page("memcache", binary, "session&prefix=&fill=100000"));
        Assert.True(reply.Values["same"].GetBoolean());
        RawItem? stored = setup.Stored(Backend, reply.Sid);
        Assert.NotNull(stored);
        Assert.Equal(2u, stored.Flags); // MMC_COMPRESSED
        Assert.Equal([0x78, 0x9c], stored.Value[..2]); // a zlib stream
        Assert.Equal("alice", (await user.Ask(Right, "show")).User);
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task Values_of_every_type_come_back_as_they_were(string api, bool binary)
    {
        using Browser user = Visitor(new MemcacheSetup(binary ? "binary" : "ascii", "php"));
        string key = InventedId();
        Reply stored = await user.Get(Left, Page(api, binary, $"store&key={key}"));
        Reply loaded = await user.Get(Right, Page(api, binary, $"load&key={key}"));
        foreach (Reply reply in new[] { stored, loaded })
        {
            Assert.Null(reply.Exception);
            Assert.Empty(reply.Problems);
            Assert.Equal(8, reply.Values.Count);
            Assert.All(reply.Values, value => Assert.Equal((value.Key, true), (value.Key, value.Value.GetBoolean())));
        }
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public async Task The_usual_calls_return_what_memcached_lets_them_return(string api, bool binary)
    {
        using Browser user = Visitor(new MemcacheSetup(binary ? "binary" : "ascii", "php"));
        Reply reply = await user.Get(Left, Page(api, binary, $"tour&key={InventedId()}"));
        Assert.Null(reply.Exception);
        using var expected = JsonDocument.Parse(
            $"{{{Common}{(api == "memcached" ? OfMemcached : "")}\"replace nothing\":false}}");
        Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(reply.Values));
    }

    private static string Page(string api, bool binary, string what) =>
        $"api.php?api={api}&port={Backend.MemcachedPort}{(binary ? "&binary=1" : "")}&do={what}";
}
