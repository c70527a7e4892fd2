using System.Text;
using System.Text.Json.Nodes;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>The table in docs/protocols/resp.md is what COMMAND tells. REGENERATE_DOCS=1 writes it anew.</summary>
public sealed class CommandDocumentTests : OwningTests
{
    private const string Start = "<!-- commands: written by CommandDocumentTests with REGENERATE_DOCS=1 -->\n";
    private const string End = "<!-- end of commands -->\n";

    [Fact]
    public void The_table_of_commands_is_up_to_date()
    {
        string path = RepositoryFiles.PathOf("docs/protocols/resp.md");
        string text = File.ReadAllText(path);
        int start = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        Assert.True(start >= Start.Length && end >= start, "docs/protocols/resp.md has lost its marks");
        string table = Table();
        if (Environment.GetEnvironmentVariable("REGENERATE_DOCS") == "1")
        {
            File.WriteAllText(path, text[..start] + table + text[end..]);
        }
        else
        {
            Assert.Equal(table, text[start..end]);
        }
    }

    private static string Table()
    {
        var peer = new RespPeer();
        Dictionary<string, string[]> documents = Documents(
            (JsonArray)RespTree.Parse(peer.SendRaw("COMMAND DOCS\r\n"))!);
        var commands = (JsonArray)RespTree.Parse(peer.SendRaw("COMMAND\r\n"))!;
        var text = new StringBuilder("| command | arguments | since | what it does |\n| --- | --- | --- | --- |\n");
        foreach (JsonNode? command in commands)
        {
            Append(text, command!, documents);
            foreach (JsonNode? subcommand in (JsonArray)command![9]!)
            {
                Append(text, subcommand!, documents);
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, JsonNode command, Dictionary<string, string[]> documents)
    {
        string name = command[0]!.GetValue<string>();
        long arity = command[1]!.GetValue<long>();
        int words = name.Contains('|') ? 2 : 1;
        string arguments = arity < 0 ? $"{-arity - words} or more" : $"{arity - words}";
        string[] document = documents[name];
        text.Append($"| {name.Replace('|', ' ').ToUpperInvariant()} | {arguments} | {document[0]} | {document[1]} |\n");
    }

    private static Dictionary<string, string[]> Documents(JsonArray reply)
    {
        var documents = new Dictionary<string, string[]>();
        for (int i = 0; i < reply.Count; i += 2)
        {
            var fields = (JsonArray)reply[i + 1]!;
            documents[reply[i]!.GetValue<string>()] =
                [Field(fields, "since")!.ToString(), Field(fields, "summary")!.ToString()];
            if (Field(fields, "subcommands") is JsonArray subcommands)
            {
                foreach ((string name, string[] document) in Documents(subcommands))
                {
                    documents[name] = document;
                }
            }
        }

        return documents;
    }

    private static JsonNode? Field(JsonArray fields, string name)
    {
        for (int i = 0; i < fields.Count; i += 2)
        {
            if (fields[i]!.GetValue<string>() == name)
            {
                return fields[i + 1];
            }
        }

        return null;
    }
}
