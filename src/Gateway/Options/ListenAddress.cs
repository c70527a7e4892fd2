using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Options;

/// <summary>
/// One place where connections are accepted: a TCP endpoint or a unix socket, and how first bytes are read there.
/// Exactly one of <see cref="EndPoint"/> and <see cref="UnixPath"/> is set.
/// </summary>
internal sealed record ListenAddress
{
    /// <summary>sizeof(sockaddr_un.sun_path) less its end: 104 on macOS and the BSDs, 108 on Linux.</summary>
    private const int MaxUnixPathBytes = 103;

    private const string UnixPrefix = "unix:";

    private static readonly ListenerProtocol[] Protocols =
        [ListenerProtocol.Auto, ListenerProtocol.Memcached, ListenerProtocol.Resp];

    private ListenAddress(IPEndPoint? endPoint, string? unixPath, UnixSocketAccess access, ListenerProtocol protocol)
    {
        Access = access;
        EndPoint = endPoint;
        UnixPath = unixPath;
        Protocol = protocol;
    }

    /// <summary>The TCP endpoint; null for a unix socket.</summary>
    public IPEndPoint? EndPoint { get; }

    /// <summary>Path of the unix socket; null for TCP.</summary>
    public string? UnixPath { get; }

    /// <summary>Who may use a unix socket.</summary>
    public UnixSocketAccess Access { get; }

    /// <summary>How first bytes are read.</summary>
    public ListenerProtocol Protocol { get; }

    /// <summary>True when only this machine can connect.</summary>
    public bool IsLocal => EndPoint is null || IPAddress.IsLoopback(EndPoint.Address);

    /// <summary>The address without the protocol.</summary>
    public string Place => EndPoint?.ToString() ?? UnixPrefix + UnixPath;

    /// <summary>A TCP listener.</summary>
    public static ListenAddress Tcp(IPEndPoint endPoint, ListenerProtocol protocol) =>
        new(endPoint, null, UnixSocketAccess.Default, protocol);

    /// <summary>A unix socket listener.</summary>
    public static ListenAddress Unix(string path, UnixSocketAccess access, ListenerProtocol protocol) =>
        new(null, path, access, protocol);

    /// <summary>
    /// Reads <c>HOST:PORT[/PROTOCOL]</c>, <c>[IPV6]:PORT[/PROTOCOL]</c> or
    /// <c>unix:PATH[/PROTOCOL][?mode=OCTAL&amp;group=NAME]</c>; the protocol may also stand at the very end.
    /// </summary>
    /// <param name="text">The address as the user wrote it.</param>
    /// <param name="address">The address, when true is returned.</param>
    /// <param name="problem">What is wrong with it, when false is returned.</param>
    public static bool TryParse(string text, out ListenAddress? address, out string? problem)
    {
        address = null;
        (string place, ListenerProtocol protocol) = SplitProtocol(text, ListenerProtocol.Auto);
        if (place.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            string path = place[UnixPrefix.Length..];
            UnixSocketAccess access = UnixSocketAccess.Default;
            string? accessProblem = null;
            if (path.LastIndexOf('?') is >= 0 and int mark)
            {
                accessProblem = UnixSocketAccess.Parse(path[(mark + 1)..], out access);
                (path, protocol) = SplitProtocol(path[..mark], protocol);
            }

            problem = UnixProblem(path) ?? accessProblem;
            address = problem is null ? Unix(path, access, protocol) : null;
        }
        else
        {
            problem = TcpProblem(place, out IPEndPoint? endPoint);
            address = problem is null ? Tcp(endPoint!, protocol) : null;
        }

        return address is not null;
    }

    /// <summary>The address as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => $"{Place}/{ProtocolName(Protocol)}{Access}";

    /// <summary>The name of a protocol in addresses.</summary>
    public static string ProtocolName(ListenerProtocol protocol) => protocol switch
    {
        ListenerProtocol.Memcached => "memcached",
        ListenerProtocol.Resp => "resp",
        _ => "auto",
    };

    private static (string Place, ListenerProtocol Protocol) SplitProtocol(string text, ListenerProtocol otherwise)
    {
        foreach (ListenerProtocol protocol in Protocols)
        {
            string suffix = "/" + ProtocolName(protocol);
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return (text[..^suffix.Length], protocol);
            }
        }

        return (text, otherwise);
    }

    private static string? UnixProblem(string path) => path switch
    {
        "" => "a path must follow 'unix:'",
        _ when path.Contains('\0') => "a path cannot hold a zero byte",
        _ when Encoding.UTF8.GetByteCount(path) > MaxUnixPathBytes =>
            $"the path of a unix socket has at most {MaxUnixPathBytes} bytes",
        _ => null,
    };

    private static string? TcpProblem(string place, out IPEndPoint? endPoint)
    {
        endPoint = null;
        int slash = place.IndexOf('/');
        if (slash >= 0)
        {
            return $"'{place[slash..]}' is none of /auto, /memcached, /resp";
        }

        int colon = place.LastIndexOf(':');
        if (colon < 0)
        {
            return "expected HOST:PORT or unix:PATH";
        }

        if (!ushort.TryParse(place.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
        {
            return $"'{place[(colon + 1)..]}' is not a port (0 to 65535)";
        }

        string host = place[..colon];
        if (Host(host) is not { } ip)
        {
            return host.Contains(':')
                ? $"'{host}' is not an address; an IPv6 address stands in brackets, as in [::1]:11211"
                : $"'{host}' is not an IP address or 'localhost'";
        }

        endPoint = new IPEndPoint(ip, port);
        return null;
    }

    private static IPAddress? Host(string host)
    {
        if (host == "localhost")
        {
            return IPAddress.Loopback;
        }

        bool bracketed = host is ['[', .., ']'];
        ReadOnlySpan<char> bare = bracketed ? host.AsSpan()[1..^1] : host;
        AddressFamily family = bracketed ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        // "1.2" and "0x7f.1" are addresses for inet_aton; nobody means them here.
        bool isPlain = bracketed || bare.Count('.') == 3;
        return isPlain && IPAddress.TryParse(bare, out IPAddress? ip) && ip.AddressFamily == family ? ip : null;
    }
}
