using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Php.Backends;
using SessionGateway.CompatTests.Php.Replay;
using Xunit;

namespace SessionGateway.CompatTests.Php.Suites;

/// <summary>Recorded conversations of the handlers, answered byte for byte as memcached and redis-server did.</summary>
/// <typeparam name="TBackend">A backend without login.</typeparam>
/// <typeparam name="TWithLogin">A backend with the logins of <see cref="Login"/>.</typeparam>
public abstract class ReplaySuite<TBackend, TWithLogin> : IDisposable
    where TBackend : IBackend, new()
    where TWithLogin : IBackend, new()
{
    private const int Transcripts = 74;

    private static readonly string[] NeedLogin =
    [
        "memcached-18", "memcached-19", "memcached-20", "redis-08", "redis-09", "redis-10", "redis-11", "redis-14b",
        "redis6-14b",
    ];

    // The locks are of whole seconds, and no request of these was sent closer to the end of one.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(500);

    // Locks run out in these. memcache-03 (read_and_close) is not among the transcripts: its recording depends on
    // memcached ending a lock up to a second early, which the gateway does not do; LockingSuite has the case with the
    // real handler.
    private static readonly string[] NeedTime = ["redis-06", "redis6-06"];

    // Sessions that an earlier recording, which is not replayed, had left behind.
    private static readonly Dictionary<string, (string Key, string Value)> LeftBehind = new()
    {
        ["memcache-12-persistent"] = ("sidF1001", "n|i:2;"),
    };

    private readonly TBackend _backend = new();

    private static IEnumerable<string> Plain =>
        Transcript.Names.Where(name => !Is(name, NeedLogin) && !Is(name, NeedTime));

    private static IEnumerable<string> WithLogin => Transcript.Names.Where(name => Is(name, NeedLogin));

    /// <summary>Conversations in which time passes.</summary>
    public static TheoryData<string> Timed => [.. InTime];

    private static IEnumerable<string> InTime => Transcript.Names.Where(name => Is(name, NeedTime));

    [Fact]
    public void Plain_conversations_are_answered_as_recorded() => PlayAll(pieceBytes: null);

    [Fact]
    public void Plain_conversations_in_small_pieces_are_answered_as_recorded() => PlayAll(pieceBytes: 11);

    [Theory]
    [MemberData(nameof(Timed))]
    public void Conversations_in_which_a_lock_runs_out_are_answered_as_recorded(string name) =>
        Schedule.Keep(Slack, schedule =>
        {
            using var backend = new TBackend();
            Play(name, backend, pieceBytes: null, schedule);
        });

    [Fact]
    public void Conversations_with_a_login_are_answered_as_recorded()
    {
        using var backend = new TWithLogin();
        StoreFirstSession(backend);
        foreach (string name in WithLogin)
            Play(name, backend, pieceBytes: null);
    }

    [Fact]
    public void All_transcripts_are_played() =>
        Assert.Equal(Transcripts, Plain.Count() + WithLogin.Count() + InTime.Count());

    /// <inheritdoc/>
    public void Dispose()
    {
        _backend.Dispose();
        GC.SuppressFinalize(this);
    }

    private static bool Is(string name, string[] starts) =>
        starts.Any(start => name.StartsWith(start + '-', StringComparison.Ordinal));

    private static void Play(string name, IBackend backend, int? pieceBytes, Schedule? schedule = null)
    {
        bool redis = name.StartsWith("redis", StringComparison.Ordinal);
        using var replay = new TranscriptReplay(
            Transcript.Load(name), redis ? backend.RedisPort : backend.MemcachedPort)
        {
            // Long values in tiny pieces would take minutes.
            PieceBytes = pieceBytes is null || !name.Contains("large") && !name.Contains("big") ? pieceBytes : 1009,
            Schedule = schedule,
        };
        if (!Is(name, NeedLogin))
            replay.PrepareScripts();
        Assert.NotEqual(0, replay.Run());
    }

    /// <summary>The session that was there when the first conversation with SASL was recorded.</summary>
    private static void StoreFirstSession(IBackend backend)
    {
        var transcript = Transcript.Load("memcached-18-sasl-ok");
        IEnumerable<Exchange> login = transcript.Exchanges.Take(2);
        Exchange set = transcript.Exchanges.First(exchange => exchange.Request[0].Bytes[1] == 0x01);
        using var connection = RawConnection.Connect(backend.MemcachedPort);
        foreach (Exchange exchange in login.Append(set))
        {
            byte[] request = [.. exchange.Request[0].Bytes];
            int count = request.AsSpan().IndexOf("n|i:2"u8);
            if (count >= 0)
                request[count + 4] = (byte)'1';
            connection.Send(request);
            connection.ReadExactly(exchange.Reply.Sum(chunk => chunk.Length));
        }
    }

    private static void Store(IBackend backend, string key, string value)
    {
        using var connection = RawConnection.Connect(backend.MemcachedPort);
        connection.Send(Encoding.Latin1.GetBytes($"set {key} 0 0 {value.Length}\r\n{value}\r\n"));
        Assert.Equal("STORED\r\n"u8.ToArray(), connection.ReadExactly(8));
    }

    private void PlayAll(int? pieceBytes)
    {
        // In the order of the recording, on one store: some go on with the sessions of those before.
        var failures = new List<string>();
        foreach (string name in Plain)
        {
            try
            {
                if (LeftBehind.TryGetValue(name, out (string Key, string Value) session))
                    Store(_backend, session.Key, session.Value);
                Play(name, _backend, pieceBytes);
            }
            catch (Exception error)
            {
                failures.Add(error.Message);
            }
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }
}
