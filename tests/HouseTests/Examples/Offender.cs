using System.Net.Sockets;

namespace SessionGateway.HouseTests.Examples;

/// <summary>Uses what only the shell may use; the tests look whether that is found in this very assembly.</summary>
internal static class Offender
{
    /// <summary>A socket, the wall clock and the shared random numbers.</summary>
    public static string Offend()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        return $"{socket.Connected} {DateTime.UtcNow} {Random.Shared.Next()}";
    }
}
