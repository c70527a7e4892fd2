using System.Text;
using System.Text.Json;
using SessionGateway.SessionsTests.Support;

namespace SessionGateway.SessionsTests.Other;

public class JsonTests
{
    [Fact]
    public void An_express_session_is_read_and_written_without_change()
    {
        byte[] bytes = File.ReadAllBytes(Path.Combine(Vectors.Root, "express", "connect-redis.login.json"));
        SessionTree tree = SessionFormats.Json.Decode(bytes);
        Assert.Equal(42, tree.Variables["user_id"].AsInt64());
        Assert.Equal("Grüße 名前 😀", tree.Variables["utf8"].AsString());
        Assert.True(tree.Variables["cookie"].AsMap()["expires"].IsNull);
        Assert.Equal(bytes, SessionFormats.Json.Encode(tree));
    }

    [Fact]
    public void A_Rails_session_in_JSON_is_read()
    {
        SessionTree tree = SessionFormats.Json.Decode(Vectors.Bytes("ruby", "json.login"));
        Assert.Equal("alice", tree.Variables["username"].AsString());
        Assert.Equal(2, tree.Variables["nested"].AsMap()["a"].AsMap()[1].AsMap()["b"].AsInt64());
    }

    [Fact]
    public void What_JSON_lacks_is_marked_in_the_view()
    {
        SessionTree tree = SessionFormats.Php.Decode(Encoding.Latin1.GetBytes(
            "big|i:9007199254740993;max|i:9007199254740992;bin|s:2:\"\xff\0\";inf|d:INF;one|d:1;empty|a:0:{}"
            + "o|O:5:\"Point\":3:{s:1:\"x\";i:1;s:4:\"\0*\0y\";i:2;s:8:\"\0Point\0z\";N;}again|r:7;ser|C:1:\"S\":2:{ab}"
            + "suit|E:6:\"Suit:A\";r|a:1:{i:0;i:5;}r2|R:14;esc|s:4:\"\"\n\\\t\";$class|i:1;m|a:2:{i:3;b:1;s:1:"
            + "\"k\";b:0;}"));
        string expected = """
            {"big":"9007199254740993","max":9007199254740992,"bin":{"$base64":"/wA="},
            "inf":{"$float":"INF"},"one":1.0,"empty":[],
            "o":{"$class":"Point","x":1,"y:protected":2,"z:Point:private":null},"again":{"$ref":"#/o"},
            "ser":{"$class":"S","$payload":"YWI="},"suit":{"$class":"Suit","$case":"A"},"r":[5],"r2":{"$ref":"#/r"},
            "esc":"\"\n\\\t","$$class":1,"m":{"3":true,"k":false}}
            """.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
        Assert.Equal(expected, Encoding.UTF8.GetString(SessionFormats.Json.Encode(tree)));
    }

    [Fact]
    public void Markers_in_JSON_do_not_make_objects()
    {
        SessionTree tree = SessionFormats.Json.Decode("{\"x\":{\"$class\":\"Evil\",\"$payload\":\"YWI=\"}}"u8);
        Assert.Equal(SessionKind.Map, tree.Variables["x"].Kind);
        Assert.Equal("x|a:2:{s:6:\"$class\";s:4:\"Evil\";s:8:\"$payload\";s:4:\"YWI=\";}"u8.ToArray(),
            SessionFormats.Php.Encode(tree));
    }

    [Theory]
    [InlineData("php")]
    [InlineData("igbinary")]
    [InlineData("msgpack")]
    [InlineData("msm-java")]
    [InlineData("aspnetcore-session")]
    [InlineData("django")]
    public void Every_vector_has_a_view_that_is_valid_JSON(string folder)
    {
        foreach (string row in Vectors.Names(folder))
        {
            byte[] bytes = Vectors.Bytes(folder, row);
            ISessionFormat format = folder switch
            {
                "aspnetcore-session" => SessionFormats.AspNetCore,
                "django" => SessionFormats.DjangoPickle,
                _ => SessionFormats.ByName(folder)!,
            };
            byte[] view = SessionFormats.Json.Encode(format.Decode(bytes, Vectors.Roomy), Vectors.RoomyEncode);
            using var document = JsonDocument.Parse(view, new JsonDocumentOptions { MaxDepth = 1000 });
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{\"a\":1}}")]
    [InlineData("{\"a\":\"\\ud800\"}")]
    [InlineData("{\"a\":01}")]
    [InlineData("[1]x")]
    public void Malformed_JSON_is_a_typed_error(string json)
    {
        Assert.False(
            SessionFormats.Json.TryDecode(Encoding.UTF8.GetBytes(json), new SessionTree(), SessionLimits.Default,
                out SessionError error));
        Assert.Equal(SessionErrorCode.Syntax, error.Code);
    }

    [Fact]
    public void The_last_of_equal_names_wins_in_the_place_of_the_first()
    {
        SessionTree tree = SessionFormats.Json.Decode("{\"a\":1,\"b\":2,\"a\":3}"u8);
        Assert.Equal("{\"a\":3,\"b\":2}"u8.ToArray(), SessionFormats.Json.Encode(tree));
    }

    [Theory]
    [InlineData("{\"a\":90071992e4740991}", 5)]
    [InlineData("{\"a\":[1,-1e400]}", 8)]
    public void A_number_beyond_a_double_is_refused_where_it_stands(string json, int offset)
    {
        Assert.False(
            SessionFormats.Json.TryDecode(System.Text.Encoding.ASCII.GetBytes(json), new SessionTree(),
                SessionLimits.Default, out SessionError error));
        Assert.Equal((SessionErrorCode.Syntax, offset), (error.Code, (int)error.Offset));
    }
}
