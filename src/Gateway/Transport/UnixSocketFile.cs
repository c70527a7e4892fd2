using System.Net.Sockets;
using SessionGateway.Gateway.Hosting;

namespace SessionGateway.Gateway.Transport;

/// <summary>The file of a unix socket.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes a socket file that nobody listens on any more.</summary>
    /// <exception cref="StartupException">Somebody listens on it, or it is not a socket.</exception>
    public static void RemoveStale(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new StartupException($"cannot listen on unix:{path}: {e.Message}");
        }

        throw new StartupException($"cannot listen on unix:{path}: another server listens there");
    }

    // A socket cannot be opened as a file (ENXIO); everything else can, or may not be touched by us.
    private static bool IsSocket(string path)
    {
        try
        {
            File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
