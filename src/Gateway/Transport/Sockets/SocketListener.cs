using System.Net.Sockets;
using SessionGateway.Gateway.Logging;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>Accepts on a framework socket and deals the connections out to the loops.</summary>
internal sealed class SocketListener(
    Socket socket, ListenerProtocol protocol, string address, string? unixPath, SocketLoop[] loops,
    ConnectionAdmission admission,
    TransportLog log)
{
    // One failed connection is its own matter; so many in a row are the listener's.
    private const int FailuresInARow = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private volatile bool _stopped;

    /// <summary>Starts accepting.</summary>
    public void Start() => _ = AcceptAsync();

    /// <summary>Stops accepting.</summary>
    public void Stop()
    {
        _stopped = true;
        socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        int failures = 0;
        while (!_stopped)
        {
            try
            {
                Admit(await socket.AcceptAsync().ConfigureAwait(false));
                failures = 0;
            }
            catch (SocketException e) when (!_stopped
                && (IsPressure(e.SocketErrorCode) || ++failures >= FailuresInARow))
            {
                log.AcceptPressure(address, (int)Pause.TotalMilliseconds, e.Message);
                await Task.Delay(Pause, loops[0].Context.Services.Time).ConfigureAwait(false);
            }
            catch (SocketException) when (!_stopped)
            {
                // The one connection that was to be accepted has failed; the listener has not.
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                if (!_stopped)
                {
                    log.ListenerBroken(address, e.Message);
                }

                return;
            }
        }
    }

    private void Admit(Socket accepted)
    {
        if (!Prepare(accepted))
        {
            return;
        }

        SocketLoop loop = loops[admission.NextLoop(loops.Length)];
        Interlocked.Increment(ref loop.Context.Stats.Accepted);
        if (!admission.TryEnter(makesRoom: loop.Strangers.Account.Count > 0))
        {
            Interlocked.Increment(ref loop.Context.Stats.Rejected);
            log.TooManyConnections(admission.MaxConnections);
            accepted.Send(ConnectionAdmission.Refusal(protocol), SocketFlags.None, out _);
            accepted.Dispose();
            return;
        }

        loop.Post(new LoopMessage(LoopMessageKind.Adopt, new SocketConnection(loop, accepted, protocol, unixPath)
        {
            Id = admission.NextId(),
            ConnectedAt = loop.Context.Services.Time.GetUtcNow().ToUnixTimeMilliseconds(),
            IsAuthenticated = !loop.Context.Services.Credentials.AreRequired,
        }));
    }

    // Some systems refuse options of a connection that its peer has reset already: then there is nobody to serve.
    private bool Prepare(Socket accepted)
    {
        try
        {
            accepted.Blocking = false;
            if (unixPath is null)
            {
                accepted.NoDelay = true;
            }

            return true;
        }
        catch (SocketException)
        {
            accepted.Dispose();
            return false;
        }
    }

    private static bool IsPressure(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;
}
