using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Transport;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections;

/// <summary>Makes connections of what listeners accept, and deals them out to the loops in turn.</summary>
/// <param name="loops">All loops; the first one's counters count.</param>
/// <param name="admission">Has the places.</param>
/// <param name="log">Where refusals are told.</param>
internal sealed class ConnectionIntake(EventLoop[] loops, ConnectionAdmission admission, TransportLog log) : IAcceptor
{
    /// <inheritdoc/>
    public bool NeedsPeers { get; } = loops[0].Context.Services.Credentials.AreRequired;

    /// <inheritdoc/>
    public bool MayAccept => admission.MayAccept;

    /// <inheritdoc/>
    public void Accept(StreamTransport transport, ListenerProtocol protocol)
    {
        EventLoop first = loops[0];
        Interlocked.Increment(ref first.Context.Stats.Accepted);
        EventLoop owner = loops[admission.NextLoop(loops.Length)];
        var connection = new Connection(owner, transport, protocol)
        {
            Id = admission.NextId(),
            ConnectedAt = owner.Context.Services.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            IsAuthenticated = !NeedsPeers,
        };
        if (!(NeedsPeers ? first.Strangers.Account.Queue.TryAdmit(connection) : admission.TryEnter()))
        {
            Interlocked.Increment(ref first.Context.Stats.Rejected);
            log.TooManyConnections(admission.MaxConnections);
            transport.Send(ConnectionAdmission.Refusal(protocol));
            transport.Close();
            return;
        }

        if (owner.IsCurrentThread)
        {
            owner.Adopt(connection);
        }
        else
        {
            owner.Post(new LoopMessage(LoopMessageKind.Adopt, connection));
        }
    }
}
