using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>Chooses whose replica this is (redis 7 replication.c, replicaofCommand).</summary>
internal abstract class FollowCommand(string name, string since) : RespCommand(
    new CommandDescriptor(
        name, 3, CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Stale | CommandFlags.NoAsyncLoading)
    {
        Group = "server",
        Since = since,
        Summary = "Make the server a replica of another instance, or promote it as master.",
        Complexity = "O(1)",
    })
{
    private const int MostPort = 65535;

    public override void Execute(in RespCall call)
    {
        if (call.Services.Replication is not { } replication)
        {
            call.Error("-ERR replication is not served here\r\n"u8);
        }
        else if (call.Services.Pair is { } pair)
        {
            Ask(call, pair);
        }
        else if (call.Is(1, "no"u8) && call.Is(2, "one"u8))
        {
            replication.Lead();
            call.Output.WriteOk();
        }
        else if (!RespNumbers.TryInt64(call[2], out long port) || port is < 0 or > MostPort)
        {
            call.Error("-ERR Invalid master port\r\n"u8);
        }
        else if (replication.Follow(RespErrors.Preview(call[1]), (int)port))
        {
            call.Output.WriteOk();
        }
        else
        {
            call.Output.WriteSimple("OK Already connected to specified master"u8);
        }
    }

    // In a pair it is the rules that decide.
    private void Ask(in RespCall call, IPairing pair)
    {
        string? refusal;
        if (!pair.MayOperate(call.Client))
        {
            refusal = RespErrors.NoPermission(Name);
        }
        else if (call.Is(1, "no"u8) && call.Is(2, "one"u8))
        {
            refusal = pair.Promote();
        }
        else
        {
            refusal = RespNumbers.TryInt64(call[2], out long port) && port is >= 0 and <= MostPort
                ? pair.Follow(RespErrors.Preview(call[1]), (int)port) : "ERR Invalid master port";
        }

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
