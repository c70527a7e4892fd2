using System.Net.Sockets;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Transport;

/// <summary>The file of a unix socket.</summary>
internal static class UnixSocketFile
{
    /// <summary>Removes a socket file that nobody listens on any more.</summary>
    /// <exception cref="StartupException">Somebody listens on it, or it is not a socket.</exception>
    public static void RemoveStale(string path)
    {
        if (ListenProblem.InTheWay(path) is { } problem)
        {
            throw Refusal(path, problem);
        }

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
            Remove(path);
            return;
        }
        catch (SocketException e)
        {
            throw Refusal(path, e.SocketErrorCode switch
            {
                SocketError.ConnectionRefused =>
                    "a file that is no socket is there; move it away or choose another path",
                SocketError.AccessDenied =>
                    "a socket or file is there that the user of the gateway may not use; remove it or choose another "
                        + "path",
                _ => $"what is there cannot be tried: {e.Message}",
            });
        }

        throw Refusal(path, "another server listens there; stop it or choose another path");
    }

    /// <summary>Gives a new socket file its group and permissions.</summary>
    /// <exception cref="StartupException">There is no such group, or it may not be given.</exception>
    public static void Grant(string path, UnixSocketAccess access)
    {
        if (access.Group is { } name)
        {
            uint group = FileOwnership.GroupId(name) ?? throw Refusal(path, $"this machine has no group '{name}'");
            if (FileOwnership.ChangeGroup(path, group) != 0)
            {
                throw Refusal(path,
                    $"it cannot be given to group '{name}'; the user of the gateway must be a member of it");
            }
        }

        if (access.Mode is { } mode && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, "the socket of a gateway that has ended is there and may not be removed; remove it");
        }
    }

    private static StartupException Refusal(string path, string problem) =>
        new($"cannot listen on unix:{path}: {problem}");

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
