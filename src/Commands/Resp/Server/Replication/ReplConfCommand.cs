using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>REPLCONF option value ...: what a replica tells, and what its primary asks (redis 7 replication.c,
/// replconfCommand).</summary>
internal sealed class ReplConfCommand() : RespCommand(
    new CommandDescriptor(
        "replconf", -1,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale
            | CommandFlags.AllowBusy)
    {
        Group = "server",
        Since = "3.0.0",
        Summary = "An internal command for configuring the replication stream",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count % 2 == 0)
        {
            call.Error(RespErrors.Syntax);
            return;
        }

        ReplicaPeer peer = call.Client.Replica ??= new ReplicaPeer();
        bool isGateway = false;
        for (int i = 1; i < call.Count; i += 2)
        {
            if (call.Is(i, "ack"u8))
            {
                // An acknowledgement is not answered.
                Acknowledge(call, peer, i + 1);
                return;
            }

            if (call.Is(i, "getack"u8))
            {
                AnswerPrimary(call);
                return;
            }

            if (call.Is(i, "pair"u8) || call.Is(i, "pair-say"u8))
            {
                Meet(call, peer, i);
                return;
            }

            if (!TryNote(call, peer, i))
            {
                return;
            }

            isGateway |= call.Is(i, "capa"u8) && call.Is(i + 1, "gw1"u8);
        }

        // A gateway that forwards wants to know where memcached text is understood.
        if (isGateway)
        {
            call.Output.WriteSimple(System.Text.Encoding.ASCII.GetBytes($"OK memcached={call.Services.MemcachedPort}"));
        }
        else
        {
            call.Output.WriteOk();
        }
    }

    private static void Acknowledge(in RespCall call, ReplicaPeer peer, int place)
    {
        if (peer.IsAttached && RespNumbers.TryInt64(call[place], out long offset))
        {
            // redis 7.2: what is on its disk follows.
            long synced = place + 2 < call.Count && call.Is(place + 1, "fack"u8)
                && RespNumbers.TryInt64(call[place + 2], out long number) ? number : -1;
            peer.AcknowledgedAt = call.Now;
            call.Services.Replication?.Acknowledge(peer, offset, synced);
        }
    }

    private static void Meet(in RespCall call, ReplicaPeer peer, int place)
    {
        string words = RespErrors.Preview(call[place + 1]);
        if (call.Services.Pair is not { } pair)
        {
            call.Error("-ERR this is no node of a pair\r\n"u8);
        }
        else if (call.Is(place, "pair-say"u8))
        {
            pair.Hear(peer, words);
        }
        else
        {
            pair.Introduce(peer, words, out string answer);
            if (answer[0] == '-')
            {
                call.Error(answer[1..]);
            }
            else
            {
                call.Output.WriteText(answer + "\r\n");
            }
        }
    }

    private static void AnswerPrimary(in RespCall call)
    {
        if (call.Client.IsPrimary)
        {
            call.Services.Replication?.AnswerPrimary();
        }
    }

    private static bool TryNote(in RespCall call, ReplicaPeer peer, int i)
    {
        if (call.Is(i, "listening-port"u8) || call.Is(i, "rdb-only"u8))
        {
            if (!call.TryInteger(i + 1, out long number))
            {
                return false;
            }

            peer.ListeningPort = call.Is(i, "listening-port"u8) ? (int)number : peer.ListeningPort;
            peer.WantsCopyOnly = call.Is(i, "rdb-only"u8) ? number != 0 : peer.WantsCopyOnly;
        }
        else if (call.Is(i, "ip-address"u8))
        {
            peer.Address = RespErrors.Preview(call[i + 1], 255);
        }
        else if (call.Is(i, "capa"u8))
        {
            // What is not known is ignored.
            peer.TakesMarkedCopies |= call.Is(i + 1, "eof"u8);
            peer.TakesRecords |= call.Is(i + 1, "gw1"u8);
            peer.KnowsRenames |= call.Is(i + 1, "psync2"u8);
        }
        else
        {
            call.Error($"ERR Unrecognized REPLCONF option: {RespErrors.Preview(call[i])}");
            return false;
        }

        return true;
    }
}
