using System.Globalization;
using System.Net;

namespace SessionGateway.Gateway.Options;

/// <summary>Another server's address, a name or an IP address.</summary>
/// <param name="Host">Name or address, without brackets.</param>
/// <param name="Port">Port.</param>
internal sealed record ServerAddress(string Host, int Port)
{
    private const int MaxNameBytes = 255;

    /// <summary>For a connect; a name has to be looked up.</summary>
    public EndPoint EndPoint => IPAddress.TryParse(Host, out IPAddress? ip)
        ? new IPEndPoint(ip, Port)
        : new DnsEndPoint(Host, Port);

    /// <summary>Reads <c>HOST:PORT</c> or <c>[IPV6]:PORT</c>, several separated by commas.</summary>
    /// <param name="text">As the user wrote it.</param>
    /// <param name="into">Gets what was read.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Read(string text, List<ServerAddress> into)
    {
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            int colon = part.LastIndexOf(':');
            string host = colon < 0 ? "" : part[..colon];
            bool isBracketed = host is ['[', .., ']'];
            host = isBracketed ? host[1..^1] : host;
            if (host.Length is 0 or > MaxNameBytes || (host.Contains(':') && !isBracketed)
                || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            {
                return $"'{part}' is not HOST:PORT";
            }

            if (!ushort.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out ushort port) || port == 0)
            {
                return $"'{part[(colon + 1)..]}' is not a port (1 to 65535)";
            }

            var address = new ServerAddress(host, port);
            if (into.Contains(address))
            {
                return $"'{part}' is given twice";
            }

            into.Add(address);
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
