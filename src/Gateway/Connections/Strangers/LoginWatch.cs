using System.Net;
using SessionGateway.Commands;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Connections.Strangers;

/// <summary>
/// Failed logins by address: the first three of a row are answered at once, the following later and later; each address
/// has one line a minute in the log. Called by all loops, but only for failures, so one lock is enough.
/// </summary>
internal sealed class LoginWatch(LoginLog log) : ILoginWatch
{
    /// <summary>
    /// Addresses kept apart, 64 bytes and their text each; of more the one that has been quiet longest is forgotten.
    /// </summary>
    public const int MaxAddresses = 1024;

    /// <summary>Between two lines about an address; a row of failures ends after a pause as long.</summary>
    public const int WindowMilliseconds = 60_000;

    /// <summary>Failures in a row that are answered at once: typing errors (sshd starts to drop at three,
    /// too).</summary>
    public const int FreeFailures = 3;

    private const int FirstDelay = 100;

    // Shorter than the timeouts of clients, so that a wrong password is told and not taken for a server that is away.
    private const int LongestDelay = 2000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, AddressFailures> _addresses = [];
    private long _elsewhere;
    private long _elsewhereToldAt;

    /// <summary>Addresses kept now.</summary>
    public int Count => _addresses.Count;

    /// <inheritdoc/>
    public int Failed(string peer, long now)
    {
        string address = AddressOf(peer);
        lock (_lock)
        {
            if (!_addresses.TryGetValue(address, out AddressFailures? failures))
            {
                MakeRoom();
                _addresses[address] = failures = new AddressFailures();
            }

            failures.InRow = Math.Abs(now - failures.LastAt) >= WindowMilliseconds ? 1 : failures.InRow + 1;
            failures.LastAt = now;
            failures.Untold++;
            int doublings = Math.Min(failures.InRow - FreeFailures - 1, 16);
            return doublings < 0 ? 0 : Math.Min(FirstDelay << doublings, LongestDelay);
        }
    }

    /// <summary>Tells the log what is due; one loop calls it once a second.</summary>
    /// <param name="now">Unix milliseconds.</param>
    public void Look(long now)
    {
        lock (_lock)
        {
            foreach ((string address, AddressFailures failures) in _addresses)
            {
                if (Math.Abs(now - failures.ToldAt) < WindowMilliseconds)
                {
                    continue;
                }

                if (failures.Untold > 0)
                {
                    log.Failed(failures.Untold, address);
                    failures.Untold = 0;
                    failures.ToldAt = now;
                }
                else if (Math.Abs(now - failures.LastAt) >= WindowMilliseconds)
                {
                    _addresses.Remove(address);
                }
            }

            if (_elsewhere > 0 && Math.Abs(now - _elsewhereToldAt) >= WindowMilliseconds)
            {
                log.FailedElsewhere(_elsewhere);
                _elsewhere = 0;
                _elsewhereToldAt = now;
            }
        }
    }

    // An IPv6 host has a whole /64 to itself and chooses the rest of its address as it likes (RFC 8981).
    private static string AddressOf(string peer)
    {
        string host = peer[..peer.LastIndexOf(':')];
        if (!host.StartsWith('[') || !IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out IPAddress? ip))
        {
            return host;
        }

        if (ip.IsIPv4MappedToIPv6)
        {
            return ip.MapToIPv4().ToString();
        }

        byte[] bytes = ip.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"[{new IPAddress(bytes)}]/64";
    }

    private void MakeRoom()
    {
        if (_addresses.Count < MaxAddresses)
        {
            return;
        }

        (string quietest, AddressFailures failures) = _addresses.MinBy(pair => pair.Value.LastAt);
        _elsewhere += failures.Untold;
        _addresses.Remove(quietest);
    }
}
