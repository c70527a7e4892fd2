using SessionGateway.Commands;
using SessionGateway.Store;
using SessionGateway.Store.Policies;
using SessionGateway.Store.Segments;

namespace SessionGateway.UnitTests.Support;

/// <summary>A store, a clock and what commands share, without a server around them.</summary>
public sealed class CommandHost : IConnectionRegistry, IDisposable
{
    private readonly List<TestConnection> _connections = [];

    /// <summary>Makes a host.</summary>
    /// <param name="memory">Memory limit of the store.</param>
    /// <param name="password">Password of the default user, or null.</param>
    /// <param name="limits">Limits.</param>
    /// <param name="policy">What happens when memory is full.</param>
    /// <param name="compressedPrefix">Prefix of keys whose values are kept compressed, or null.</param>
    public CommandHost(
        long memory = 64 << 20, string? password = null, CommandLimits? limits = null,
        EvictionPolicy policy = EvictionPolicy.Protect, string? compressedPrefix = null)
    {
        Store = new SegmentItemStore(new SegmentStoreOptions
        {
            MemoryLimit = memory,
            Seed = 7,
            Policy = policy,
            Compression = compressedPrefix is null
                ? [] : [new CompressionRule(Segments.BytesOf(compressedPrefix), 100)],
        });
        Services = new CommandServices
        {
            Store = Store,
            Limits = limits ?? new CommandLimits(),
            Credentials = new Credentials(password is null ? [] : [("default", password)]),
            Stats = new ServerStats(1),
            Connections = this,
            Time = Clock,
            CommandTime = CommandClock,
            Random = new Random(1),
            StartedAt = Clock.Now,
            Version = "1.2.3",
            Port = 6379,
            Threads = 1,
            RequestStop = () => IsStopRequested = true,
        };
        OwningTests.Own(this);
    }

    /// <summary>The clock.</summary>
    public ManualClock Clock { get; } = new();

    /// <summary>Measures commands: each takes one look of it.</summary>
    public ManualClock CommandClock { get; } = new();

    /// <summary>The items.</summary>
    public ItemStore Store { get; }

    /// <summary>What commands share.</summary>
    public CommandServices Services { get; }

    /// <summary>True after SHUTDOWN.</summary>
    public bool IsStopRequested { get; private set; }

    /// <inheritdoc/>
    public int Count => _connections.Count;

    /// <inheritdoc/>
    public IReadOnlyList<ClientConnection> Snapshot() => [.. _connections];

    /// <summary>Opens a connection.</summary>
    public TestConnection Open()
    {
        var connection = new TestConnection
        {
            Id = _connections.Count + 1,
            ConnectedAt = Clock.Now,
            LastActive = Clock.Now,
            IsAuthenticated = !Services.Credentials.AreRequired,
        };
        lock (_connections)
        {
            _connections.Add(connection);
        }

        return connection;
    }

    /// <summary>Forgets a connection.</summary>
    public void Close(TestConnection connection) => _connections.Remove(connection);

    /// <inheritdoc/>
    public void Dispose() => Store.Dispose();

    /// <summary>Writes an item as a memcached client does.</summary>
    public void PutWithFlags(string key, string value, uint flags, long expiresAt = 0)
    {
        ItemKey itemKey = Store.Key(0, Segments.BytesOf(key));
        using ShardScope scope = Store.Enter(itemKey, Clock.Now);
        scope.Shard.Put(
            itemKey, Segments.BytesOf(value), default, new ItemAttributes(flags, expiresAt), Clock.Now, out _);
    }

    /// <summary>Client flags and expiry of an item.</summary>
    public (uint Flags, long ExpiresAt) Attributes(string key)
    {
        ItemKey itemKey = Store.Key(0, Segments.BytesOf(key));
        using ShardScope scope = Store.Enter(itemKey, Clock.Now);
        Assert.True(scope.Shard.TryPeek(itemKey, Clock.Now, out ItemView item));
        return (item.Flags, item.ExpiresAt);
    }
}
