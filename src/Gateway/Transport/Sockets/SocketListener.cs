using System.Net.Sockets;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Transport.Sockets;

/// <summary>Accepts on a framework socket.</summary>
internal sealed class SocketListener(BoundSocket bound, IAcceptor acceptor, TimeProvider time, TransportLog log)
{
    // One failed connection is its own matter; so many in a row are the listener's.
    private const int FailuresInARow = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortPause = TimeSpan.FromMilliseconds(2);

    private volatile bool _stopped;

    /// <summary>Starts accepting.</summary>
    public void Start() => _ = AcceptAsync();

    /// <summary>Stops accepting.</summary>
    public void Stop()
    {
        _stopped = true;
        bound.Socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        int failures = 0;
        while (!_stopped)
        {
            if (!acceptor.MayAccept)
            {
                await Task.Delay(ShortPause, time).ConfigureAwait(false);
                continue;
            }

            try
            {
                Admit(await bound.Socket.AcceptAsync().ConfigureAwait(false));
                failures = 0;
            }
            catch (SocketException e) when (!_stopped
                && (IsPressure(e.SocketErrorCode) || ++failures >= FailuresInARow))
            {
                log.AcceptPressure(bound.Address, (int)Pause.TotalMilliseconds, e.Message);
                await Task.Delay(Pause, time).ConfigureAwait(false);
            }
            catch (SocketException) when (!_stopped)
            {
                // The one connection that was to be accepted has failed; the listener has not.
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                if (!_stopped)
                {
                    log.ListenerBroken(bound.Address, e.Message);
                }

                return;
            }
        }
    }

    private void Admit(Socket accepted)
    {
        if (Prepare(accepted))
        {
            acceptor.Accept(new SocketTransport(accepted, bound.UnixPath), bound.Protocol);
        }
    }

    // Some systems refuse options of a connection that its peer has reset already: then there is nobody to serve.
    private bool Prepare(Socket accepted)
    {
        try
        {
            accepted.Blocking = false;
            if (bound.UnixPath is null)
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
