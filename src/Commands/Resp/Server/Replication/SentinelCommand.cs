using System.Globalization;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>
/// SENTINEL: what a node of a pair sees of it, in the words of a Sentinel, so that clients with a list of Sentinels
/// find the primary with any node; PAIR is for <c>gateway pair</c>.
/// </summary>
internal sealed class SentinelCommand() : RespCommand(
    new CommandDescriptor(
        "sentinel", -2, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Group = "sentinel",
        Since = "2.8.4",
        Summary = "A container for Sentinel commands",
        Complexity = "Depends on subcommand.",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Services.Pair is not { } pair)
        {
            CheckedRun.RefuseUnknown(call);
        }
        else if (call.Is(1, "pair"u8) && call.Count is 3 or 4)
        {
            Operate(call, pair);
        }
        else if (call.Is(1, "masters"u8) && call.Count == 2)
        {
            call.Output.WriteArray(1);
            WriteNode(call, pair.Figures, isPrimary: true);
        }
        else if (call.Count == 3)
        {
            Ask(call, pair.Figures);
        }
        else
        {
            Refuse(call);
        }
    }

    private static void Refuse(in RespCall call) => call.Error(
        $"ERR unknown subcommand or wrong number of arguments for '{RespErrors.Preview(call[1], 128)}'. "
        + "Try SENTINEL GET-MASTER-ADDR-BY-NAME, MASTERS, MASTER, REPLICAS, SENTINELS.");

    private static void Ask(in RespCall call, PairFigures figures)
    {
        bool isKnown = RespErrors.Preview(call[2]) == figures.Name;
        if (call.Is(1, "get-master-addr-by-name"u8))
        {
            if (!isKnown || figures.Primary.Length == 0)
            {
                call.Output.WriteNullArray(call.Version);
                return;
            }

            (string host, string port) = Split(figures.Primary);
            call.Output.WriteArray(2);
            call.Output.WriteBulk(host);
            call.Output.WriteBulk(port);
            return;
        }

        bool isReplicas = call.Is(1, "replicas"u8) || call.Is(1, "slaves"u8);
        if (!isReplicas && !call.Is(1, "master"u8) && !call.Is(1, "sentinels"u8))
        {
            Refuse(call);
        }
        else if (!isKnown)
        {
            call.Error("-ERR No such master with that name\r\n"u8);
        }
        else if (call.Is(1, "master"u8))
        {
            WriteNode(call, figures, isPrimary: true);
        }
        else if (isReplicas)
        {
            call.Output.WriteArray(figures.Backup.Length > 0 ? 1 : 0);
            if (figures.Backup.Length > 0)
            {
                WriteNode(call, figures, isPrimary: false);
            }
        }
        else
        {
            call.Output.WriteArray(figures.Sentinels.Count);
            foreach ((string address, string runId) in figures.Sentinels)
            {
                Write(call, Head(runId, address, runId, "sentinel"));
            }
        }
    }

    private static void WriteNode(in RespCall call, PairFigures figures, bool isPrimary)
    {
        string address = isPrimary ? figures.Primary : figures.Backup;
        List<(string, string)> fields = Head(
            isPrimary ? figures.Name : address, address, "", isPrimary ? "master" : "slave");
        if (isPrimary)
        {
            fields.Add(("config-epoch", Text(figures.Epoch)));
            fields.Add(("num-slaves", figures.Backup.Length > 0 ? "1" : "0"));
            fields.Add(("num-other-sentinels", Text(figures.Sentinels.Count)));
            fields.Add(("quorum", Text(figures.Quorum)));
        }
        else
        {
            (string host, string port) = Split(figures.Primary);
            fields.Add(("master-link-status", "ok"));
            fields.Add(("master-host", host));
            fields.Add(("master-port", port));
            fields.Add(("slave-priority", "100"));
        }

        Write(call, fields);
    }

    private static List<(string, string)> Head(string name, string address, string runId, string flags)
    {
        (string host, string port) = Split(address);
        return
        [
            ("name", name), ("ip", host), ("port", port), ("runid", runId), ("flags", flags),
            ("link-pending-commands", "0"), ("link-refcount", "1"), ("last-ping-sent", "0"),
            ("last-ok-ping-reply", "0"), ("last-ping-reply", "0"), ("down-after-milliseconds", "0"),
        ];
    }

    private static void Write(in RespCall call, List<(string Name, string Value)> fields)
    {
        call.Output.WriteMap(fields.Count, call.Version);
        foreach ((string name, string value) in fields)
        {
            call.Output.WriteBulk(name);
            call.Output.WriteBulk(value);
        }
    }

    private static (string Host, string Port) Split(string address)
    {
        int colon = address.LastIndexOf(':');
        return colon < 0 ? ("", "0") : (address[..colon].Trim('[', ']'), address[(colon + 1)..]);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Operate(in RespCall call, IPairing pair)
    {
        if (call.Is(2, "status"u8))
        {
            call.Output.WriteBulk(pair.Describe());
            return;
        }

        string? refusal = !pair.MayOperate(call.Client) ? RespErrors.NoPermission("sentinel")
            : call.Is(2, "switch"u8) ? pair.Switch()
            : call.Is(2, "promote"u8) ? (call.Count == 4 && call.Is(3, "force"u8) ? pair.Force() : pair.Promote())
            : "ERR SENTINEL PAIR takes STATUS, SWITCH or PROMOTE [FORCE]";
        if (refusal is null)
        {
            call.Output.WriteOk();
        }
        else
        {
            call.Error(refusal);
        }
    }
}
