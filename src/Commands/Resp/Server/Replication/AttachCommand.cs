namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>Makes a connection that of a replica (redis 7 replication.c, syncCommand).</summary>
internal abstract class AttachCommand(string name, int arity, string since) : RespCommand(
    new CommandDescriptor(
        name, arity,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.NoAsyncLoading | CommandFlags.NoMulti)
    {
        Group = "server",
        Since = since,
        Summary = "Internal command used for replication",
        Complexity = "O(1)",
    })
{
    /// <summary>Attaches the connection.</summary>
    /// <param name="call">The call.</param>
    /// <param name="id">The history that it knows.</param>
    /// <param name="offset">The next byte that it wants; -1: everything, with a line before; 0: without.</param>
    protected static void Attach(in RespCall call, ReadOnlySpan<byte> id, long offset)
    {
        ReplicaPeer peer = call.Client.Replica ??= new ReplicaPeer();
        if (peer.IsAttached)
        {
            return;
        }

        if (call.Services.Replication is not { } replication)
        {
            call.Error("-ERR replication is not served here\r\n"u8);
        }
        else if (replication.IsReplica && replication.Figures().Primary is not { State: "connected" })
        {
            call.Error("-NOMASTERLINK Can't SYNC while not connected with my master\r\n"u8);
        }
        else
        {
            replication.Attach(call.Context, peer, id, offset);
        }
    }
}
