using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Persistence;

/// <summary>What a WAITAOF waits for: that what was written is on disks.</summary>
/// <param name="Log">The log of this node; null: there is none.</param>
/// <param name="Replication">Knows replicas; null: there are none.</param>
/// <param name="Position">What must be on the disk of this node.</param>
/// <param name="Mark">What must be on those of replicas.</param>
/// <param name="Local">Disks of this node that are waited for: 0 or 1.</param>
/// <param name="Replicas">Replicas that are.</param>
internal sealed record SyncedWait(
    IPersistence? Log, IReplication? Replication, long Position, HistoryMark Mark, long Local, long Replicas)
{
    /// <summary>There is nothing more to wait for; from any thread.</summary>
    public bool IsReached => IsSynced >= Local && Synced >= Replicas;

    private int IsSynced => Log is not null && Log.SyncedPosition >= Position ? 1 : 0;

    private int Synced => Replication?.CountSynced(Mark) ?? 0;

    /// <summary>Writes the answer.</summary>
    public void Write(in RespCall call)
    {
        call.Output.WriteArray(2);
        call.Output.WriteInteger(IsSynced);
        call.Output.WriteInteger(Synced);
    }
}
