using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Sessions;

public class PythonTests
{
    [Fact]
    public void Python_unpickles_what_we_write_to_the_same_values()
    {
        var trees = new RandomTree(new Random(5), plain: true);
        var sessions = Enumerable.Range(0, 200).Select(_ => trees.Next()).ToList();
        foreach ((string _, byte[]? bytes) in Payloads.Of("django"))
        {
            sessions.Add(SessionFormats.DjangoPickle.Decode(bytes));
        }

        string script = Path.Combine(AppContext.BaseDirectory, "programs", "pickles.py");
        string input =
            string.Join('\n', sessions.Select(tree => Convert.ToHexString(SessionFormats.DjangoPickle.Encode(tree))));
        string[] lines = Tool.Run("/usr/bin/python3", [script], stdin: input).Succeeded().StdOut.Split('\n',
            StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(sessions.Count, lines.Length);
        foreach ((SessionTree? tree, string? line) in sessions.Zip(lines))
        {
            // Both through our own JSON: key order and spacing aside, the same values.
            SessionTree read = SessionFormats.Json.Decode(System.Text.Encoding.UTF8.GetBytes(line));
            SessionTree view = SessionFormats.Json.Decode(SessionFormats.Json.Encode(tree));
            Assert.True(read.Root.ContentEquals(view.Root), line);
        }
    }
}
