using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>save_handler redis (phpredis).</summary>
/// <param name="Locking">redis.session.locking_enabled; off by default in PHP.</param>
/// <param name="Serializer">session.serialize_handler.</param>
/// <param name="Prefix">Prefix in the save path.</param>
/// <param name="Database">Database in the save path; null leaves it out.</param>
internal sealed record RedisSetup(
    bool Locking, string Serializer, string Prefix = RedisSetup.DefaultPrefix, int? Database = null)
    : Setup($"redis{(Locking ? " locking" : "")}{(Database is { } n ? $" database {n}" : "")}", Serializer)
{
    private const string DefaultPrefix = "PHPREDIS_SESSION:";

    public override string Handler => "redis";

    protected override IEnumerable<(string Name, string Value)> HandlerIni => !Locking ? [] :
    [
        ("redis.session.locking_enabled", "1"),
        // The default of phpredis 5 gives up after 22 ms and then drops the request's changes.
        ("redis.session.lock_retries", "2000"),
        ("redis.session.lock_wait_time", "5000"),
        ("redis.session.lock_expire", "30"),
    ];

    public override string SavePath(IBackend backend)
    {
        string[] parameters =
        [
            .. Prefix == DefaultPrefix ? Array.Empty<string>() : [$"prefix={Prefix}"],
            .. Database is { } number ? [$"database={number}"] : Array.Empty<string>(),
        ];
        string mark = parameters.Length == 0 ? "" : "?";
        return $"tcp://127.0.0.1:{backend.RedisPort}{mark}{string.Join('&', parameters)}";
    }

    public override RawItem? Stored(IBackend backend, string sessionId) =>
        RawStore.Redis(backend.RedisPort, Prefix + sessionId, Database ?? 0);

    public override bool IsLocked(IBackend backend, string sessionId) =>
        RawStore.Redis(backend.RedisPort, $"{Prefix}{sessionId}_LOCK", Database ?? 0) is not null;

    public override void LockAndDie(IBackend backend, string sessionId, int seconds) =>
        RawStore.Ask(backend.RedisPort,
            RawStore.Command("SELECT", $"{Database ?? 0}")
            + RawStore.Command("SET", $"{Prefix}{sessionId}_LOCK", "gone|1", "NX", "PX", $"{seconds * 1000}"),
            "+OK\r\n+OK\r\n");
}
