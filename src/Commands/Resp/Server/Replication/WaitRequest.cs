using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Replication;

/// <summary>A WAIT that waits.</summary>
/// <param name="replication">Knows how far replicas are.</param>
/// <param name="mark">What they must have reached.</param>
/// <param name="replicas">How many of them.</param>
/// <param name="milliseconds">How long; 0 = for ever.</param>
internal sealed class WaitRequest(IReplication replication, HistoryMark mark, long replicas, long milliseconds)
    : WaitingRequest(replication.Waiters, milliseconds)
{
    /// <inheritdoc/>
    protected override bool IsReached => replication.CountReached(mark) >= replicas;

    /// <inheritdoc/>
    protected override void Answer(in RespCall call) => call.Output.WriteInteger(replication.CountReached(mark));
}
