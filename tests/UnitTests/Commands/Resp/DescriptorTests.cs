using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Commands.Resp;

/// <summary>COMMAND INFO, against what redis-server 7.0.15 answered.</summary>
public sealed class DescriptorTests
{
    private static readonly JsonSerializerOptions Plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Of Redis 7.2, 7.4, 8.0 and Valkey 8.
    private static readonly string[] Newer =
    [
        "client|setinfo", "zrank", "zrevrank", "hexpire", "hpexpire", "hexpireat", "hpexpireat", "httl", "hpttl",
        "hexpiretime",
        "hpexpiretime",
        "hpersist", "hgetdel", "hgetex", "hsetex", "script|show",
        "digest", "delifeq", "delex", "msetex",
        "client|no-touch", "client|capa", "commandlog", "commandlog|get", "commandlog|len", "commandlog|reset",
        "commandlog|help", "waitaof", "sentinel",
    ];

    private static readonly Dictionary<string, string> Recorded = File
        .ReadLines(Path.Combine(
            AppContext.BaseDirectory, "Commands", "Resp", "Golden", "redis-7.0.15-command-info.txt"))
        .ToDictionary(line => JsonNode.Parse(line)![0]!.GetValue<string>());

    private static readonly Dictionary<string, string> Ours =
        AllOurs().ToDictionary(entry => entry.Name, entry => entry.Text);

    public static TheoryData<string> Names => [.. Ours.Keys.Except(Newer)];

    [Theory, MemberData(nameof(Names))]
    public void Descriptor_is_the_one_of_redis(string name) => Assert.Equal(Recorded[name], Ours[name]);

    [Fact]
    public void Every_recorded_command_is_there() => Assert.Empty(Recorded.Keys.Except(Ours.Keys));

    private static IEnumerable<(string Name, string Text)> AllOurs()
    {
        // Made when tests are looked for, so that no test owns them.
        using var host = new CommandHost();
        using var peer = new RespPeer(host);
        var reply = (JsonArray)RespTree.Parse(peer.SendRaw("COMMAND\r\n"))!;
        foreach (JsonNode? command in reply)
        {
            var subcommands = (JsonArray)command![9]!;
            foreach (JsonNode? subcommand in subcommands)
            {
                yield return Entry((JsonArray)subcommand!);
            }

            yield return Entry((JsonArray)command);
        }
    }

    // Subcommands are compared one by one: a container may have fewer here.
    private static (string Name, string Text) Entry(JsonArray command)
    {
        string name = command[0]!.GetValue<string>();
        command.RemoveAt(9);
        return (name, command.ToJsonString(Plain));
    }
}
