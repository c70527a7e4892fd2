using System.Buffers.Text;
using System.Text;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Replication.Stream;

namespace SessionGateway.Replication.Link;

/// <summary>
/// A replica's conversation with its primary, from the first PING to the stream of commands (redis 7 replication.c,
/// syncWithMaster). Bytes in, bytes out: its owner moves them. One for each connection.
/// </summary>
public sealed class PrimaryConversation
{
    // What Redis calls a protocol error is a line without an end.
    private const int MostLineBytes = 4096;
    private const int MarkBytes = 40;

    /// <summary>What a gateway says of itself that understands records, and of a history that is told in
    /// them.</summary>
    public const string Records = "gw1";

    // What a gateway adds to its answer to capa.
    private static ReadOnlySpan<byte> Memcached => "+OK memcached="u8;

    private readonly Queue<Question> _questions = new();
    private readonly string _knownId;
    private readonly long _knownOffset;
    private readonly HistoryForm _knownForm;
    private readonly PairGreeting? _pair;
    private readonly byte[] _mark = new byte[MarkBytes];
    private bool _hasMark;
    private bool _isAsked;
    private long _payloadLeft;

    /// <summary>Begins one.</summary>
    /// <param name="login">What is told.</param>
    /// <param name="knownId">The history that is known; <see cref="ReplicationId.None"/>: none is.</param>
    /// <param name="knownOffset">How far.</param>
    /// <param name="knownForm">In what form it is told.</param>
    public PrimaryConversation(
        ReplicaLogin login, string knownId, long knownOffset, HistoryForm knownForm = HistoryForm.Commands)
    {
        _knownForm = knownForm;
        _knownId = knownId;
        _knownOffset = knownOffset;
        Phase = LinkPhase.Handshake;
        if (login.Password.Length > 0)
        {
            Ask(Answer.MustBeOk, login.User.Length > 0
                ? ["AUTH", login.User, login.Password] : ["AUTH", login.Password]);
        }

        Ask(Answer.Pong, "PING");
        Ask(Answer.MayFail, "REPLCONF", "listening-port", Text(login.ListeningPort));
        Ask(Answer.MayFail, "REPLCONF", "capa", "eof", "capa", "psync2", "capa", Records);
        _pair = login.Pair;
        if (_pair is not null)
        {
            Ask(Answer.Pair, "REPLCONF", "pair", _pair.Words);
        }

        bool knows = knownId != ReplicationId.None;
        Ask(Answer.Psync, "PSYNC", knows ? knownId : "?", knows ? Text(knownOffset + 1) : "-1");
    }

    /// <summary>How far it has come.</summary>
    public LinkPhase Phase { get; private set; }

    /// <summary>What is wrong in <see cref="LinkPhase.Failed"/>.</summary>
    public string Error { get; private set; } = "";

    /// <summary>The primary goes on where it was left; else it sends everything.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>The primary's history.</summary>
    public string Id { get; private set; } = ReplicationId.None;

    /// <summary>In what form it is told.</summary>
    public HistoryForm Form { get; private set; }

    /// <summary>The primary's port for memcached text; 0: it is no gateway, or has none.</summary>
    public int MemcachedPort { get; private set; }

    /// <summary>Config epoch of a primary of a pair.</summary>
    public long PairEpoch { get; private set; }

    /// <summary>Name of its pair.</summary>
    public string PairName { get; private set; } = "";

    /// <summary>Offset at which the stream begins.</summary>
    public long Offset { get; private set; }

    /// <summary>Bytes of the copy; -1: not known before its end.</summary>
    public long PayloadLength { get; private set; } = -1;

    /// <summary>Bytes of the copy so far.</summary>
    public long PayloadBytes { get; private set; }

    /// <summary>The primary waits for an acknowledgement before it sends commands.</summary>
    public bool MustAcknowledge => _hasMark;

    /// <summary>The next bytes to send, once; empty: none now.</summary>
    public byte[] TakeRequest()
    {
        if (Phase != LinkPhase.Handshake || _isAsked || !_questions.TryPeek(out Question? question))
        {
            return [];
        }

        _isAsked = true;
        return question.Request;
    }

    /// <summary>Takes bytes that came, in <see cref="LinkPhase.Handshake"/> and
    /// <see cref="LinkPhase.Payload"/>.</summary>
    /// <param name="bytes">What is there and was not taken.</param>
    /// <param name="payload">Those among them that are of the copy.</param>
    /// <returns>How many were taken.</returns>
    public int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (Phase == LinkPhase.Payload && (_hasMark || _payloadLeft >= 0))
        {
            return _hasMark ? TakeMarked(bytes, out payload) : TakeCounted(bytes, out payload);
        }

        int end = bytes.IndexOf((byte)'\n');
        if (end < 0)
        {
            if (bytes.Length > MostLineBytes)
            {
                Fail("a line without an end");
            }

            return 0;
        }

        ReadOnlySpan<byte> line = bytes[..end];
        line = line.EndsWith("\r"u8) ? line[..^1] : line;
        if (!line.IsEmpty)
        {
            // An empty one says only that the primary is alive.
            TakeLine(line);
        }

        return end + 1;
    }

    /// <summary>The copy is in its place: commands follow.</summary>
    public void Begin() => Phase = LinkPhase.Streaming;

    /// <summary>It cannot go on.</summary>
    public void Fail(string error)
    {
        Error = error;
        Phase = LinkPhase.Failed;
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Quote(ReadOnlySpan<byte> line) =>
        Encoding.Latin1.GetString(line[..Math.Min(line.Length, 128)]);

    private void Ask(Answer expected, params string[] words) => _questions.Enqueue(new Question(
        RespRequestWriter.Encode([.. words.Select(Encoding.UTF8.GetBytes)]), expected));

    private void TakeLine(ReadOnlySpan<byte> line)
    {
        if (Phase == LinkPhase.Payload)
        {
            TakePayloadHead(line);
            return;
        }

        if (!_isAsked || !_questions.TryDequeue(out Question? question))
        {
            Fail($"unexpected: {Quote(line)}");
            return;
        }

        _isAsked = false;
        switch (question.Expected)
        {
            case Answer.MayFail when line.StartsWith(Memcached) && Utf8Parser.TryParse(
                line[Memcached.Length..], out ushort port, out _):
                MemcachedPort = port;
                break;
            case Answer.Psync:
                TakePsync(line);
                break;
            case Answer.Pair:
                TakePair(line);
                break;
            case Answer.MustBeOk when line[0] == '-':
                Fail($"login: {Quote(line)}");
                break;

            // A primary that asks for a login says so here, too; who is loading says so to PSYNC.
            case Answer.Pong when line[0] == '-' && !line.StartsWith("-LOADING"u8):
                Fail($"PING: {Quote(line)}");
                break;
        }
    }

    // +PAIR EPOCH NAME
    private void TakePair(ReadOnlySpan<byte> line)
    {
        string[] words = Quote(line).Split(' ');
        if (words is ["+PAIR", _, _] && long.TryParse(words[1], System.Globalization.CultureInfo.InvariantCulture,
            out long epoch))
        {
            (PairEpoch, PairName) = (epoch, words[2]);
            if (_pair!.WhyNot(epoch, PairName) is { } reason)
            {
                Fail(reason);
            }

            return;
        }

        Fail($"pair: {Quote(line)}");
    }

    private void TakePsync(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("+CONTINUE"u8))
        {
            ReadOnlySpan<byte> id = line["+CONTINUE"u8.Length..].TrimStart((byte)' ');
            id = id[..Math.Min(id.Length, ReplicationId.Length)];
            IsPartial = true;
            Form = _knownForm;
            Id = ReplicationId.IsOne(id) ? Encoding.ASCII.GetString(id) : _knownId;
            Offset = _knownOffset;
            Phase = LinkPhase.Streaming;
            return;
        }

        ReadOnlySpan<byte> rest = line.StartsWith("+FULLRESYNC "u8) ? line["+FULLRESYNC "u8.Length..] : default;
        if (rest.Length > ReplicationId.Length + 1 && ReplicationId.IsOne(rest[..ReplicationId.Length])
            && Utf8Parser.TryParse(rest[(ReplicationId.Length + 1)..], out long offset, out _) && offset >= 0)
        {
            Id = Encoding.ASCII.GetString(rest[..ReplicationId.Length]);
            Offset = offset;
            Form = rest.EndsWith(" gw1"u8) ? HistoryForm.Records : HistoryForm.Commands;
            _payloadLeft = -1;
            Phase = LinkPhase.Payload;
            return;
        }

        Fail($"PSYNC: {Quote(line)}");
    }

    private void TakePayloadHead(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("$EOF:"u8) && line.Length == "$EOF:"u8.Length + MarkBytes)
        {
            line[^MarkBytes..].CopyTo(_mark);
            _hasMark = true;
            return;
        }

        if (line[0] == '$' && Utf8Parser.TryParse(line[1..], out long length, out int digits)
            && digits == line.Length - 1 && length > 0)
        {
            PayloadLength = _payloadLeft = length;
            return;
        }

        Fail($"payload: {Quote(line)}");
    }

    private int TakeCounted(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        int count = (int)Math.Min(bytes.Length, _payloadLeft);
        payload = bytes[..count];
        PayloadBytes += count;
        _payloadLeft -= count;
        if (_payloadLeft == 0)
        {
            Phase = LinkPhase.Loading;
        }

        return count;
    }

    // The mark stands behind the copy, and nothing behind the mark: the primary waits. Whatever may be its beginning is
    // left for the next call.
    private int TakeMarked(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        int at = bytes.IndexOf(_mark);
        if (at >= 0)
        {
            payload = bytes[..at];
            PayloadBytes += at;
            Phase = LinkPhase.Loading;
            return at + MarkBytes;
        }

        payload = bytes[..Math.Max(0, bytes.Length - MarkBytes + 1)];
        PayloadBytes += payload.Length;
        return payload.Length;
    }

    private enum Answer
    {
        MayFail,
        MustBeOk,
        Pong,
        Pair,
        Psync,
    }

    private sealed record Question(byte[] Request, Answer Expected);
}
