using System.Text;
using SessionGateway.Commands;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Store.Segments;

namespace SessionGateway.UnitTests.Commands.Memcached;

/// <summary>A processor over a store with a clock that stands still; bytes in, bytes out.</summary>
internal sealed class MemcachedRig : IDisposable
{
    private readonly OutputBuffer _output = new(1024, 64 << 20);
    private readonly ProtocolProcessor _processor;
    private byte[] _rest = [];

    public MemcachedRig(
        ProtocolProcessor processor, int maxValueBytes = 1 << 20, long memory = 64 << 20,
        params (string, string)[] logins)
    {
        _processor = processor;
        var services = new CommandServices
        {
            Store = new SegmentItemStore(memory, seed: 1),
            Limits = new CommandLimits { MaxValueBytes = maxValueBytes },
            Credentials = new Credentials(logins),
            Stats = new ServerStats(1),
            Connections = new NoConnections(),
            Time = TimeProvider.System,
            Random = new Random(1),
            StartedAt = 0,
            Version = "0",
            Port = 0,
            Threads = 1,
            RequestStop = () => { },
        };
        Context = new CommandContext(services, services.Stats.Loop(0), _output)
        {
            Client = new LoneConnection { IsAuthenticated = logins.Length == 0 },
            Now = 1_700_000_000_000,
        };
    }

    public CommandContext Context { get; }

    public bool IsClosed => Context.Client.CloseAfterReply;

    /// <summary>Bytes that arrived and are not consumed.</summary>
    public int Pending => _rest.Length;

    /// <summary>Turns that were needed so far.</summary>
    public int Turns { get; private set; }

    /// <summary>Most bytes that one turn wrote.</summary>
    public int LongestOutput { get; private set; }

    public byte[] Send(ReadOnlySpan<byte> bytes)
    {
        _rest = [.. _rest, .. bytes];
        int consumed;
        int sent = 0;
        List<byte> answers = [];
        do
        {
            if (IsClosed || _rest.Length == 0)
            {
                break;
            }

            Context.BeginTurn();
            Turns++;
            consumed = _processor.Process(_rest, Context);
            _rest = _rest[consumed..];
            LongestOutput = Math.Max(LongestOutput, _output.Length - sent);
            sent = _output.Length;
            if (_processor.IsPaused)
            {
                // As a connection does: sent before the request goes on.
                answers.AddRange(_output.Written);
                _output.Clear();
                sent = 0;
            }
        }
        while (_processor.IsPaused || (Context.NeedBytes == 0 && consumed > 0));

        byte[] answer = [.. answers, .. _output.Written];
        _output.Clear();
        return answer;
    }

    public string Ask(string text) => Encoding.Latin1.GetString(Send(Encoding.Latin1.GetBytes(text)));

    public void Pass(TimeSpan time) => Context.Now += (long)time.TotalMilliseconds;

    public void Dispose()
    {
        Context.Dispose();
        _output.Dispose();
        Context.Store.Dispose();
    }

    private sealed class NoConnections : IConnectionRegistry
    {
        public int Count => 0;

        public IReadOnlyList<ClientConnection> Snapshot() => [];
    }

    private sealed class LoneConnection : ClientConnection
    {
        public override string RemoteAddress => "127.0.0.1:1";

        public override string LocalAddress => "127.0.0.1:2";

        public override void Wake(int token)
        {
        }

        public override bool TryUnblock(bool withError) => false;

        public override long DeadlineAfter(long milliseconds) => milliseconds;

        public override void Push(PushSource source, PushedMessage message)
        {
        }

        public override void TakePushes()
        {
        }

        public override void Kill()
        {
        }
    }
}
