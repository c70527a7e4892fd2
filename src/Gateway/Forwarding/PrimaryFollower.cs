using System.Net;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Forwarding;

/// <summary>
/// Finds the primary: the server that Sentinels name, by the newest configuration of all that answer, or one of a fixed
/// list; in both cases only while it says itself, by ROLE, that it is the primary. On one loop's thread.
/// </summary>
internal sealed class PrimaryFollower
{
    private readonly EventLoop _loop;
    private readonly GatewayOptions _options;
    private readonly Forwarder _forwarder;
    private readonly ForwardingLog _log;
    private readonly List<SentinelPeer> _sentinels = [];
    private readonly List<SentinelEvents> _events = [];
    private readonly List<RolePeer> _servers = [];
    private RolePeer? _primary;
    private EndPoint? _primaryAddress;
    private long _epoch;

    /// <summary>Makes it; <see cref="Start"/> begins.</summary>
    public PrimaryFollower(
        EventLoop loop, GatewayOptions options, Forwarder forwarder, ForwardingLog log)
    {
        _loop = loop;
        _options = options;
        _forwarder = forwarder;
        _log = log;
    }

    /// <summary>Begins to ask; before the loop runs.</summary>
    public void Start()
    {
        foreach (ServerAddress sentinel in _options.Sentinel)
        {
            var peer = new SentinelPeer(
                _loop, sentinel.EndPoint, _options.SentinelAuth, _options.MasterName, OnSentinel);
            _sentinels.Add(peer);
            _events.Add(new SentinelEvents(
                _loop, sentinel.EndPoint, _options.SentinelAuth, _options.MasterName, AskAll));
        }

        foreach (ServerAddress server in _options.To)
        {
            _servers.Add(new RolePeer(_loop, server.EndPoint, _options.PrimaryAuth, OnRole));
        }

        _sentinels.ForEach(peer => peer.Start());
        _events.ForEach(peer => peer.Start());
        _servers.ForEach(peer => peer.Start());
    }

    /// <summary>Why there is no primary, in one line; empty when there is one.</summary>
    public string Problem() => _forwarder.Place.Address is not null ? ""
        : string.Join("; ", [
            .. _sentinels.Where(s => s.Primary is null).Select(s => $"Sentinel {s.Address}: {s.Problem}"),
            .. _servers.Select(s => $"{s.Address}: {s.Problem}"),
        ]);

    // A new primary is known to some Sentinels before the others.
    private void AskAll() => _sentinels.ForEach(peer => peer.AskNow());

    private void OnSentinel(SentinelPeer said)
    {
        if (said.Primary is null || (said.Epoch < _epoch && !HaveAllForgotten()))
        {
            return;
        }

        bool isNewer = said.Epoch != _epoch;
        _epoch = said.Epoch;
        if (_servers is [var known]
            && (known.Address.Equals(said.Primary) || !(isNewer || IsOverruled(said.Primary))))
        {
            return;
        }

        // Who was it before is not believed from now on, whatever it says.
        _servers.ForEach(server => server.Stop());
        _servers.Clear();
        LosePrimary(isOther: true, $"Sentinel {said.Address} names {said.Primary}");
        var server = new RolePeer(_loop, said.Primary, _options.PrimaryAuth, OnRole);
        _servers.Add(server);
        server.Start();
    }

    // Of two addresses in one configuration the one stays that is the primary's, as it says, unless most name the
    // other: Sentinels may know one server by several.
    private bool IsOverruled(EndPoint other) => _primary is null
        || _sentinels.Count(one => other.Equals(one.Primary)) * 2 > _sentinels.Count;

    // Sentinels that were set up anew begin to count anew. Otherwise one that knows less is late, or cut off.
    private bool HaveAllForgotten() => _sentinels.TrueForAll(one => one.Primary is not null && one.Epoch < _epoch);

    private void OnRole(RolePeer server)
    {
        if (server == _primary && !server.IsPrimary)
        {
            LosePrimary(server.IsOther, server.Problem);
        }

        // Of two that say so, the one that was it stays. Without one before, nobody can say which is right.
        if (_primary is null && _servers.TrueForAll(one => one.HasAnswered)
            && _servers.FindAll(one => one.IsPrimary) is [var only] && only.Reached is { } address)
        {
            _primary = only;
            _primaryAddress = address;
            _log.PrimaryFound(address);
            _forwarder.Move(PrimaryPlace.At(address));
        }
    }

    private void LosePrimary(bool isOther, string reason)
    {
        if (_primary is null)
        {
            return;
        }

        _log.PrimaryLost(_primaryAddress!, reason);
        _forwarder.Move(isOther
            ? PrimaryPlace.Left(_primaryAddress!) : PrimaryPlace.Unknown);
        _primary = null;
    }
}
