using SessionGateway.CompatTests.Php.Backends;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>One way to keep PHP sessions: a handler, its protocol and a serializer.</summary>
/// <param name="Wire">Handler and protocol, for example "memcached text".</param>
/// <param name="Serializer">session.serialize_handler.</param>
internal abstract record Setup(string Wire, string Serializer)
{
    /// <summary>Name in test lists.</summary>
    public string Name => $"{Wire}, {Serializer}";

    /// <summary>session.save_handler.</summary>
    public abstract string Handler { get; }

    /// <summary>The settings a user writes into php.ini.</summary>
    public IEnumerable<(string Name, string Value)> Ini(IBackend backend) =>
    [
        ("session.save_handler", Handler),
        ("session.save_path", SavePath(backend)),
        ("session.serialize_handler", Serializer),
        // What ends a session is the server's clock, not PHP.
        ("session.gc_probability", "0"),
        .. HandlerIni,
    ];

    /// <summary>session.save_path.</summary>
    public abstract string SavePath(IBackend backend);

    /// <summary>The item of a session, or null.</summary>
    public abstract RawItem? Stored(IBackend backend, string sessionId);

    /// <summary>Whether somebody holds the lock of a session.</summary>
    public abstract bool IsLocked(IBackend backend, string sessionId);

    /// <summary>Takes the lock of a session as an app server that dies while it holds it.</summary>
    public abstract void LockAndDie(IBackend backend, string sessionId, int seconds);

    /// <summary>The handler's own settings.</summary>
    protected abstract IEnumerable<(string Name, string Value)> HandlerIni { get; }
}
