using System.Text;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Transfer;

/// <summary><c>gateway pair …</c>: asks a node of a pair, and has its role changed.</summary>
internal static class PairProgram
{
    /// <summary>The word by which the gateway is this program.</summary>
    public const string Name = "pair";

    private const string Help = """
        gateway pair: looks at a pair of gateways, and changes who is primary

        usage: gateway pair status [HOST:PORT]             who is primary, in sync since when, what is at risk
               gateway pair switch [HOST:PORT]             gives the role to the backup; nothing is lost
               gateway pair promote [HOST:PORT] [--force]  makes this node primary. With --force whatever is lost: what
                                                           the other one has acknowledged and this one does not have

        HOST:PORT is a node of the pair, 127.0.0.1:11211 without it. The login is in GATEWAY_AUTH.

        """;

    private const string DefaultEndpoint = "127.0.0.1:11211";

    /// <summary>Runs a command.</summary>
    /// <param name="args">The arguments behind the name.</param>
    /// <returns>0 when it is done, 1 after one line on stderr.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        bool isForced = args.Contains("--force");
        string[] words = [.. args.ToArray().Where(word => word != "--force")];
        if (words is ["--help"] or ["-h"])
        {
            StandardStream.Out(Help);
            return 0;
        }

        try
        {
            if (words is not (["status" or "switch" or "promote"] or ["status" or "switch" or "promote", _])
                || (isForced && words[0] != "promote"))
            {
                throw new SessionToolException("status, switch or promote is wanted; try gateway pair --help");
            }

            Run(words[0], words.Length > 1 ? words[1] : DefaultEndpoint, isForced);
            return 0;
        }
        catch (SessionToolException e)
        {
            StandardStream.Error($"gateway pair: {SessionProgram.OneLine(e.Message)}\n");
            return 1;
        }
    }

    private static void Run(string verb, string endpoint, bool isForced)
    {
        using RespPipeline node = Endpoints.ConnectResp(endpoint);
        switch (verb)
        {
            case "status":
                StandardStream.Out(Text(node.Expect("no status", "SENTINEL", "PAIR", "STATUS")));
                break;
            case "promote":
                node.Expect("not promoted", isForced
                    ? ["SENTINEL", "PAIR", "PROMOTE", "FORCE"] : ["SENTINEL", "PAIR", "PROMOTE"]);
                StandardStream.Out("promoted\n");
                break;
            default:
                Switch(node);
                break;
        }
    }

    // Sentinels give out who is primary: it is they who have to do it, when there are some.
    private static void Switch(RespPipeline node)
    {
        Dictionary<string, string> pair = Fields(node.Expect("no pair", "SENTINEL", "MASTERS"));
        string name = pair["name"];
        RespReplyReader all = node.Expect("no Sentinels", "SENTINEL", "SENTINELS", name);
        if (all.Count <= 0)
        {
            node.Expect("not switched", "SENTINEL", "PAIR", "SWITCH");
            StandardStream.Out("switched\n");
            return;
        }

        Dictionary<string, string> sentinel = Fields(all);
        using RespPipeline asked = Endpoints.ConnectResp($"{sentinel["ip"]}:{sentinel["port"]}");
        asked.Expect("not switched", "SENTINEL", "FAILOVER", name);
        StandardStream.Out($"Sentinel {asked.Place} switches {name}\n");
    }

    // The first of several.
    private static Dictionary<string, string> Fields(RespReplyReader reply)
    {
        var fields = new Dictionary<string, string>();
        if (reply.Read())
        {
            long count = reply.Count;
            for (long i = 0; i + 1 < count && reply.Read(); i += 2)
            {
                string name = Text(reply);
                reply.Read();
                fields[name] = Text(reply);
            }
        }

        return fields;
    }

    private static string Text(RespReplyReader reply) => Encoding.UTF8.GetString(reply.Text);
}
