using System.Text;
using SessionGateway.Commands;
using SessionGateway.Commands.Resp;
using SessionGateway.Gateway.Connections;
using SessionGateway.Gateway.Logging;
using SessionGateway.Replication.Link;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Gateway.Replication;

/// <summary>
/// Executes what a primary sends, as any client's requests, but nobody is answered, and nothing is over before the
/// primary says so. On its loop's thread.
/// </summary>
internal sealed class PrimaryExecutor(EventLoop loop, string address, ReplicationLog log, Action woken)
{
    private const int MostReplyBytes = 64 << 20;

    // About half a millisecond.
    private const int RecordsPerTurn = 500;

    [ThreadStatic]
    private static bool _isExecuting;

    private readonly PrimaryClient _client = new(address, woken) { Database = 0 };
    private readonly TransactionBounds _bounds = new();
    private RespProcessor _processor = new();
    private RecordApplier _applier = new(loop.Context.Store);

    /// <summary>Commands that were refused.</summary>
    public long Failures { get; private set; }

    /// <summary>The calling thread executes what a primary sent: the effects are in its history already.</summary>
    public static bool IsExecuting => _isExecuting;

    /// <summary>In what form comes what is executed.</summary>
    public HistoryForm Form { get; set; }

    /// <summary>The number of the connection to the primary of a pair; 0: it is none.</summary>
    public ulong PairLink
    {
        get;
        set
        {
            field = value;
            _applier.PairLink = value;
        }
    }

    /// <summary>Applies records.</summary>
    public RecordApplier Applier => _applier;

    /// <summary>What cannot be done, so that everything has to come again; null: nothing.</summary>
    public string? Problem => _applier.Problem;

    /// <summary>A transaction of the primary has begun and not ended.</summary>
    public bool IsInTransaction =>
        Form == HistoryForm.Records ? _applier.IsInGroup : _client.QueuedCommands >= 0;

    /// <summary>A request waits to be woken.</summary>
    public bool IsParked => _client.IsParked;

    /// <summary>Bytes of those that were done last that lie in front of an open transaction: all effects so far are
    /// theirs.</summary>
    public int WholeBytes { get; private set; }

    /// <summary>The client.</summary>
    public PrimaryClient Client => _client;

    /// <summary>Executes complete requests, for a turn.</summary>
    /// <returns>Bytes that are done with.</returns>
    /// <param name="bytes">Requests.</param>
    /// <param name="isIncomplete">What is left is the start of a request.</param>
    public int Execute(ReadOnlySpan<byte> bytes, out bool isIncomplete) => Form == HistoryForm.Records
        ? Apply(bytes, out isIncomplete) : ExecuteCommands(bytes, out isIncomplete);

    private int Apply(ReadOnlySpan<byte> bytes, out bool isIncomplete)
    {
        _isExecuting = true;
        try
        {
            int done = _applier.Apply(bytes, RecordsPerTurn);
            isIncomplete = _applier.NeedBytes > 0;
            WholeBytes = _applier.WholeBytes;
            if (_applier.TakeQuestion())
            {
                loop.Context.Services.Replication!.AnswerPrimary();
            }

            return done;
        }
        finally
        {
            _isExecuting = false;
            loop.Holds?.TakeWanted();
        }
    }

    private int ExecuteCommands(ReadOnlySpan<byte> bytes, out bool isIncomplete)
    {
        CommandContext context = loop.Context;
        long now = context.Now;
        _client.IsAuthenticated = true;
        _client.LastActive = now;
        _client.RunAgain();
        context.Client = _client;
        context.Now = now - EventLoop.PrimaryPatience;
        context.NowIsBehind = EventLoop.PrimaryPatience;
        context.BeginTurn();
        context.Output.MaxBytes = MostReplyBytes;
        long errors = context.Stats.Resp.ErrorReplies;
        bool wasInTransaction = IsInTransaction;
        _isExecuting = true;
        try
        {
            int consumed = _processor.Process(bytes, context);
            isIncomplete = context.NeedBytes > 0;
            WholeBytes = IsInTransaction
                ? _bounds.WholeBytes(bytes[..consumed], wasInTransaction) : consumed;
            if (context.Stats.Resp.ErrorReplies != errors)
            {
                Note(context.Stats.Resp.ErrorReplies - errors, context.Output.Written);
            }

            return consumed;
        }
        finally
        {
            _isExecuting = false;

            // Nobody waits for an answer.
            loop.Holds?.TakeWanted();
            context.Now = now;
            context.NowIsBehind = 0;
            context.Output.Clear(loop.Settings.KeepOutputBytes);
        }
    }

    /// <summary>Forgets what has begun and will not end: the primary sends it again, or never.</summary>
    public void Reset(int database)
    {
        loop.Context.Client = _client;
        _processor.OnClosed(loop.Context);
        _processor = new RespProcessor();
        _applier = new RecordApplier(loop.Context.Store) { PairLink = PairLink };
        _client.QueuedCommands = -1;
        _client.CloseAfterReply = false;
        _client.Database = database;
    }

    private void Note(long count, ReadOnlySpan<byte> replies)
    {
        bool isFirst = Failures == 0;
        Failures += count;
        int at = replies.StartsWith("-"u8) ? 0 : replies.IndexOf("\n-"u8) + 1;
        ReadOnlySpan<byte> line = at >= 0 && at < replies.Length ? replies[at..] : default;
        int end = line.IndexOf((byte)'\r');
        if (isFirst)
        {
            log.Refused(_client.LastCommand, Encoding.Latin1.GetString(line[..Math.Clamp(end, 0, 200)]));
        }
    }
}
