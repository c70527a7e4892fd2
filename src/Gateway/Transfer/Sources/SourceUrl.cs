using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Transfer.Sources;

/// <summary>The server that <c>--from</c> names.</summary>
/// <param name="IsMemcached">It is memcached; else it speaks RESP.</param>
/// <param name="Address">Where it is.</param>
/// <param name="User">The user to log in as; null: Redis' default.</param>
/// <param name="Password">The password; null: no login.</param>
/// <param name="Database">The only database that is wanted; null: all.</param>
internal sealed record SourceUrl(
    bool IsMemcached, ListenAddress Address, string? User, string? Password, int? Database)
{
    private const int RedisPort = 6379;
    private const int MemcachedPort = 11211;

    /// <summary>Takes a URL apart, and looks up its host.</summary>
    /// <exception cref="SessionToolException">It is none, or nobody knows the host.</exception>
    public static SourceUrl Parse(string text)
    {
        // Such a sign ends what a URL has in front of its path; what follows may be the rest of the password.
        int start = text.IndexOf("://", StringComparison.Ordinal);
        int login = text.LastIndexOf('@');
        if (start >= 0 && login > start && text.AsSpan(start + 3, login - start - 3).ContainsAny("/?#@"))
        {
            throw new SessionToolException(
                "--from: USER:PASSWORD is percent-decoded: write / as %2F, ? as %3F, # as %23, @ as %40 and % as %25");
        }

        if (text.StartsWith("rediss://", StringComparison.OrdinalIgnoreCase))
        {
            throw new SessionToolException(
                "--from: TLS (rediss) is not spoken: take a dump file, or put a tunnel (stunnel) in front of the "
                    + "server");
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme is not ("redis" or "memcached")
            || url.Host.Length == 0)
        {
            throw new SessionToolException(
                $"--from: '{Hidden(text)}' is neither redis://HOST:PORT nor memcached://HOST:PORT");
        }

        bool isMemcached = url.Scheme == "memcached";
        string path = url.AbsolutePath.Trim('/');
        int database = 0;
        if (path.Length > 0
            && (isMemcached || !int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out database)))
        {
            throw new SessionToolException($"--from: '{path}' is no database");
        }

        int colon = url.UserInfo.IndexOf(':');
        string user = Uri.UnescapeDataString(colon < 0 ? "" : url.UserInfo[..colon]);
        string password = Uri.UnescapeDataString(url.UserInfo[(colon + 1)..]);
        int port = url.Port >= 0 ? url.Port : isMemcached ? MemcachedPort : RedisPort;
        var address = ListenAddress.Tcp(new IPEndPoint(Resolve(url.DnsSafeHost), port), ListenerProtocol.Auto);
        return new SourceUrl(isMemcached, address, user.Length == 0 ? null : user,
            password.Length == 0 ? null : password, path.Length > 0 ? database : null);
    }

    private static IPAddress Resolve(string host)
    {
        try
        {
            return IPAddress.TryParse(host, out IPAddress? address) ? address
                : Dns.GetHostAddresses(host).OrderBy(a => a.AddressFamily != AddressFamily.InterNetwork).First();
        }
        catch (Exception e) when (e is SocketException or ArgumentException or InvalidOperationException)
        {
            throw new SessionToolException($"--from: nobody knows the host '{host}'");
        }
    }

    // Messages go to logs.
    private static string Hidden(string text) => text.Contains('@') ? "…" + text[text.LastIndexOf('@')..] : text;
}
