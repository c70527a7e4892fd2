using System.Net.Sockets;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Transport;

/// <summary>Why an address cannot be had, in words that say what to do; the system's own often name something
/// else.</summary>
internal static class ListenProblem
{
    private const int FirstFreePort = 1024;

    /// <summary>The line for a failed bind or listen.</summary>
    public static string Describe(ListenAddress address, SocketException e) =>
        $"cannot listen on {address.Place}: {(address.UnixPath is { } path ? OfPath(path, e) : OfPort(address, e))}";

    /// <summary>What is in the way of a socket file before it is tried; null when nothing is.</summary>
    public static string? InTheWay(string path)
    {
        string folder = Folder(path);
        if (Directory.Exists(path))
        {
            return "a folder is there; name a file in it";
        }

        if (File.Exists(folder))
        {
            return $"{folder} is a file and not a folder; choose another path";
        }

        return Directory.Exists(folder)
            ? null : $"the folder {folder} does not exist (or may not be entered); create it first";
    }

    private static string OfPort(ListenAddress address, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse =>
            "the port is in use, perhaps by another gateway, memcached or Redis; stop that or choose another port",
        SocketError.AccessDenied when address.EndPoint!.Port < FirstFreePort =>
            "ports below 1024 are for root; choose a higher one or give the program CAP_NET_BIND_SERVICE",
        SocketError.AddressNotAvailable =>
            "this machine has no such address; 'ip address' lists those it has, 0.0.0.0 means all of them",
        SocketError.AddressFamilyNotSupported => "this machine has no IPv6; use an IPv4 address",
        SocketError.TooManyOpenSockets => "too many files are open; raise the limit (ulimit -n)",
        _ => e.Message,
    };

    private static string OfPath(string path, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AccessDenied =>
            $"no permission to make a file in {Folder(path)}; use a folder that the user of the gateway may write",
        SocketError.AddressAlreadyInUse => "something is there already; remove it or choose another path",
        SocketError.AddressNotAvailable => InTheWay(path) ?? e.Message,
        SocketError.TooManyOpenSockets => "too many files are open; raise the limit (ulimit -n)",
        _ => e.Message,
    };

    private static string Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/";
}
