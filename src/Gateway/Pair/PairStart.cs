using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Options;
using SessionGateway.Protocols.Detection;
using SessionGateway.Replication.Pair;
using SessionGateway.Replication.Pair.StateFile;

namespace SessionGateway.Gateway.Pair;

/// <summary>How a node of a pair starts: what its state file and its options say together.</summary>
/// <param name="Records">The state file.</param>
/// <param name="Past">What it says.</param>
/// <param name="Self">The node's address.</param>
/// <param name="Peer">The other one's; empty until it is known.</param>
internal sealed record PairStart(PairRecords Records, PairPast Past, string Self, string Peer)
{
    /// <summary>
    /// The options of a node of a pair with what its state file adds (the address that it listens on, the log); others
    /// as they are.
    /// </summary>
    /// <exception cref="StartupException">They contradict each other.</exception>
    public static GatewayOptions Complete(GatewayOptions options)
    {
        if (!options.Pair)
        {
            return options;
        }

        options = options with
        {
            // A link that is silent for as long as a Sentinel waits is a broken one.
            ReplPingReplicaPeriod = TimeSpan.FromSeconds(1),
            Persist = PersistKind.Log, Ack = options.Ack == AckKind.Memory ? AckKind.Backup : options.Ack,
        };
        bool isListenGiven = !ReferenceEquals(options.Listen, GatewayOptions.Default.Listen);
        if (Load(options).Record is { Self: var self } && !isListenGiven)
        {
            var place = IPEndPoint.Parse(self);
            options = options with { Listen = [ListenAddress.Tcp(place, ListenerProtocol.Auto)] };
        }

        From(options);
        GatewayOptionsValidator.Check(options);
        return options;
    }

    /// <summary>Reads the state file and looks whether the options fit.</summary>
    /// <exception cref="StartupException">They do not.</exception>
    public static PairStart From(GatewayOptions options)
    {
        var records = new PairRecords(new PairStorage(Path.GetFullPath(options.DataDir)));
        PairPast past = Load(options, records);
        string file = Path.Combine(options.DataDir, PairRecords.Newest);
        string given = options.Replicaof is { } other ? Address(other.Host, other.Port, "--replicaof") : "";
        string? self = SelfOf(options);
        if (past.Record is not { } record)
        {
            Require(options.Bootstrap || given.Length > 0, $"there is no {file}: the first start of a node needs "
                + "--bootstrap (the first node of a new pair) or --replicaof HOST:PORT (the second)");
            Require(self is not null, "the other node and Sentinels need to know an address of this one: --listen "
                + "HOST:PORT, or --pair-address HOST:PORT");
            Require(given != self, $"--replicaof {given} is this node");
            return new PairStart(records, past, self!, given);
        }

        Require(!options.Bootstrap, $"--bootstrap begins a new pair, and {file} says that this node has one");
        Require(given.Length == 0 || record.Peer.Length == 0 || given == record.Peer,
            $"--replicaof {given}: the other node of this pair is {record.Peer}, as {file} says");
        Require(self is null || self == record.Self || Listens(options, record.Self),
            $"this node is known as {record.Self}, as {file} says: it has to listen there, or --pair-address "
                + $"{record.Self}");
        return new PairStart(records, past, record.Self, record.Peer.Length > 0 ? record.Peer : given);
    }

    private static PairPast Load(GatewayOptions options, PairRecords? records = null)
    {
        try
        {
            PairPast past = (records ?? new PairRecords(new PairStorage(Path.GetFullPath(options.DataDir)))).Load();
            Require(!past.IsNewer, $"{Path.Combine(options.DataDir, PairRecords.Newest)} was written by a newer "
                + "gateway");
            return past;
        }
        catch (IOException e)
        {
            throw new StartupException($"--data-dir {options.DataDir}: {e.Message}");
        }
    }

    // What others can connect to.
    private static string? SelfOf(GatewayOptions options) => options.PairAddress is { } named
        ? Address(named.Host, named.Port, "--pair-address")
        : options.Listen.FirstOrDefault(listen => listen.EndPoint is { Port: > 0 } place
            && !place.Address.Equals(IPAddress.Any) && !place.Address.Equals(IPAddress.IPv6Any))?.Place;

    private static bool Listens(GatewayOptions options, string self) => options.PairAddress is null
        && options.Listen.Any(listen => listen.Place == self || (listen.EndPoint is { } place
            && (place.Address.Equals(IPAddress.Any) || place.Address.Equals(IPAddress.IPv6Any))
            && place.Port == IPEndPoint.Parse(self).Port));

    // Sentinels name addresses and no names.
    private static string Address(string host, int port, string option)
    {
        try
        {
            IPAddress address = IPAddress.TryParse(host, out IPAddress? ip) ? ip : Dns.GetHostAddresses(host)
                .OrderBy(found => found.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
            return new IPEndPoint(address, port).ToString();
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            throw new StartupException($"{option} {host}: {e.Message}");
        }
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new StartupException(otherwise);
        }
    }
}
