using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Transport;

/// <summary>
/// Sockets that listen already and that the process was started with (sd_listen_fds(3), "socket activation"): who
/// started it holds them, too, so that clients that connect while one process has ended and the next one loads wait in
/// the kernel's queue and are not refused.
/// </summary>
internal sealed class InheritedSockets
{
    private const int FirstDescriptor = 3;

    private readonly List<Socket> _sockets;

    private InheritedSockets(List<Socket> sockets) => _sockets = sockets;

    /// <summary>Those that the environment tells of; none when it speaks to another process.</summary>
    public static InheritedSockets Find()
    {
        var sockets = new List<Socket>();
        if (OperatingSystem.IsLinux() && Number("LISTEN_PID") == Environment.ProcessId)
        {
            for (int i = 0; i < Number("LISTEN_FDS"); i++)
            {
                try
                {
                    sockets.Add(new Socket(new SafeSocketHandle(FirstDescriptor + i, ownsHandle: true)));
                }
                catch (SocketException e)
                {
                    throw new StartupException(
                        $"descriptor {FirstDescriptor + i} of LISTEN_FDS is no socket: {e.Message}");
                }
            }
        }

        return new InheritedSockets(sockets);
    }

    /// <summary>Takes the one of an address; null when there is none.</summary>
    public Socket? Take(ListenAddress address)
    {
        Socket? found = _sockets.Find(socket => socket.LocalEndPoint switch
        {
            IPEndPoint ip => ip.Equals(address.EndPoint),
            UnixDomainSocketEndPoint unix => unix.ToString() == address.UnixPath,
            _ => false,
        });
        if (found is not null)
        {
            _sockets.Remove(found);
        }

        return found;
    }

    /// <summary>Nobody would accept on a socket that no option names.</summary>
    /// <exception cref="StartupException">There is one.</exception>
    public void RequireAllTaken()
    {
        if (_sockets.Count > 0)
        {
            throw new StartupException(
                $"a socket that listens on {_sockets[0].LocalEndPoint} was passed on (LISTEN_FDS), and no --listen "
                    + "names it");
        }
    }

    private static int Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture,
            out int value) ? value : 0;
}
