using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Connection;

/// <summary>HELLO [version [AUTH username password] [SETNAME name]].</summary>
internal sealed class HelloCommand() : RespCommand(
    new CommandDescriptor(
        "hello", -1,
        CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale | CommandFlags.Fast
        | CommandFlags.NoAuth | CommandFlags.AllowBusy)
    {
        Categories = AclCategories.Connection,
        Group = "connection",
        Since = "6.0.0",
        Summary = "Handshake with Redis",
        Complexity = "O(1)",
    })
{
    public override void Execute(in RespCall call)
    {
        long version = 0;
        if (call.Count > 1 && !TryVersion(call, out version))
        {
            return;
        }

        if (!TryOptions(call))
        {
            return;
        }

        if (!call.Client.IsAuthenticated)
        {
            call.Error("NOAUTH HELLO must be called with the client already authenticated, otherwise the "
                + "HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP "
                + "protocol version at the same time");
            return;
        }

        if (version != 0)
        {
            call.Client.RespVersion = (int)version;
            call.Connection.Subscriptions?.Update(call);
        }

        WriteAnswer(call);
    }

    private static bool TryVersion(in RespCall call, out long version)
    {
        if (!RespNumbers.TryInt64(call[1], out version))
        {
            call.Error("-ERR Protocol version is not an integer or out of range\r\n"u8);
            return false;
        }

        if (version is < 2 or > 3)
        {
            call.Error("-NOPROTO unsupported protocol version\r\n"u8);
            return false;
        }

        return true;
    }

    private static bool TryOptions(in RespCall call)
    {
        for (int i = 2; i < call.Count; i++)
        {
            if (call.Is(i, "auth"u8) && i + 2 < call.Count)
            {
                if (!Login.Try(call, call[i + 1], call[i + 2]))
                {
                    call.Error(RespErrors.WrongPass);
                    return false;
                }

                i += 2;
            }
            else if (call.Is(i, "setname"u8) && i + 1 < call.Count)
            {
                if (!ClientNames.TrySet(call, call[++i]))
                {
                    return false;
                }
            }
            else
            {
                call.Error($"ERR Syntax error in HELLO option '{RespErrors.Preview(call[i])}'");
                return false;
            }
        }

        return true;
    }

    private static void WriteAnswer(in RespCall call)
    {
        call.Output.WriteMap(7, call.Version);
        call.Output.WriteBulk("server"u8);
        call.Output.WriteBulk("redis"u8);
        call.Output.WriteBulk("version"u8);
        call.Output.WriteBulk(call.Services.Resp.RedisVersion);
        call.Output.WriteBulk("proto"u8);
        call.Output.WriteInteger(call.Version);
        call.Output.WriteBulk("id"u8);
        call.Output.WriteInteger(call.Client.Id);
        call.Output.WriteBulk("mode"u8);
        call.Output.WriteBulk(call.Services.Backup.HasClusterFace ? "cluster"u8 : "standalone"u8);
        call.Output.WriteBulk("role"u8);
        call.Output.WriteBulk(call.Services.Replication is { IsReplica: true } ? "replica"u8 : "master"u8);
        call.Output.WriteBulk("modules"u8);
        call.Output.WriteArray(0);
    }
}
