using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Wire.Conversations;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire;

/// <summary>Scripts answer what redis answers: values, errors and their texts, byte by byte.</summary>
public sealed partial class LuaTests(RedisFixture servers) : IClassFixture<RedisFixture>
{
    public static TheoryData<string, int> Files => Build();

    [Theory, MemberData(nameof(Files))]
    public void Scripts_answer_as_redis_does(string file, int version)
    {
        List<string> requests = [];
        List<Step> steps = [new("a", [$"> HELLO {version}"])];
        foreach ((string script, string[] calls) in LuaCorpus.Read(file))
        {
            steps.Add(new Step("a", ["> FLUSHALL", "> SET s hello", "> SET n 10"]));
            requests.Add("(prepare)");
            foreach (string call in calls)
            {
                steps.Add(new Step("a", [$"> EVAL \"{Escapes.Encode(Encoding.Latin1.GetBytes(script))}\" {call}"]));
                requests.Add($"{script}\n   with {call}");
            }
        }

        Conversation conversation = new(file, steps);
        List<List<string>> theirs = Comparison.Answers(new RespDialect(), servers.Real, conversation);
        List<List<string>> ours = Comparison.Answers(new RespDialect(), servers.Gateway, conversation);
        var differences = new StringBuilder();
        for (int i = 1; i < steps.Count; i++)
        {
            string expected = Shown(theirs[i]);
            string actual = Shown(ours[i]);
            if (expected != actual)
            {
                differences.Append($"{requests[i - 1]}\n   redis:   {expected}\n   gateway: {actual}\n");
            }
        }

        Assert.Equal("", differences.ToString());
    }

    [Fact]
    public void The_corpus_is_really_read() =>
        Assert.True(LuaCorpus.Files.Sum(file => LuaCorpus.Read(file).Count()) >= 400);

    private static TheoryData<string, int> Build()
    {
        var files = new TheoryData<string, int>();
        foreach (string file in LuaCorpus.Files)
        {
            files.Add(file, 2);
            files.Add(file, 3);
        }

        return files;
    }

    // Addresses are nobody's business.
    private static string Shown(List<string> lines) => Address().Replace(string.Join(" | ", lines), "0x");

    [GeneratedRegex("0x[0-9a-f]{6,}")]
    private static partial Regex Address();
}
