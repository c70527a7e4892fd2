using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Tree;

public class FormatsTests
{
    [Fact]
    public void Every_format_is_found_by_its_name()
    {
        string[] names = ["php", "php_binary", "php_serialize", "igbinary", "msgpack", "msm-java", "aspnetcore",
            "django-pickle", "json"];
        Assert.All(names, name => Assert.Equal(name, SessionFormats.ByName(name)?.Name));
        Assert.Null(SessionFormats.ByName("marshal"));
        Assert.False(SessionFormats.TryByName("PHP", out _));
    }

    [Theory]
    [InlineData("php", "php")]
    [InlineData("php_binary", "php_binary")]
    [InlineData("php_serialize", "php_serialize")]
    [InlineData("igbinary", "igbinary")]
    [InlineData("msgpack", "msgpack")]
    [InlineData("msm-java", "msm-java")]
    [InlineData("aspnetcore-session", "aspnetcore")]
    [InlineData("django", "django-pickle")]
    public void Vectors_are_recognised(string folder, string format)
    {
        foreach (string name in Vectors.Names(folder))
        {
            byte[] bytes = Vectors.Bytes(folder, name);
            ISessionFormat? detected = SessionFormats.Detect(bytes);

            // A session without variables is no bytes at all.
            Assert.True(detected?.Name == (bytes.Length == 0 ? "php" : format), $"{name} taken for {detected?.Name}");
        }
    }

    [Fact]
    public void Other_bytes_are_not_recognised()
    {
        Assert.Same(SessionFormats.Json, SessionFormats.Detect("{\"cookie\":{}}"u8));
        Assert.Same(SessionFormats.Java, SessionFormats.Detect([0xac, 0xed, 0, 5, 0x74, 0, 1, (byte)'x']));
        Assert.Null(SessionFormats.Detect("hello"u8));
        Assert.Null(SessionFormats.Detect([0x04, 0x08, (byte)'{', 0]));
        Assert.Null(SessionFormats.Detect([0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]));
    }
}
