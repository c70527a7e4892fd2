using System.Text;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.Store;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>
/// A running gateway: values go by RESTORE, large collections entry by entry, so that neither side holds one as a
/// whole. Requests are sent in batches; while one is answered the next is gathered.
/// </summary>
internal sealed class GatewayTarget(RespPipeline pipeline, TransferReport report, bool replaces) : IKeyTarget
{
    private readonly Queue<KeyState> _waiting = new();
    private readonly EntrySender _entries = new(pipeline);
    private KeyState? _large;
    private int _database;
    private int _sent;

    /// <inheritdoc/>
    public bool Keeps => true;

    /// <inheritdoc/>
    public int MostWholeBytes => 256 << 10;

    public void Put(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version)
    {
        if (!TrySelect(key))
        {
            return;
        }

        Span<byte> head = [(byte)type];
        Span<byte> foot = stackalloc byte[DumpPayload.FootBytes];
        DumpPayload.WriteFoot(foot, version, Crc64.Append(Crc64.Append(0, head), value));
        pipeline.Begin((replaces ? 6 : 5) + (key.IdleSeconds >= 0 ? 2 : 0));
        pipeline.Argument("RESTORE"u8);
        pipeline.Argument(key.Name);
        pipeline.Argument(key.ExpiresAt);
        pipeline.Argument(head, value, foot);
        pipeline.Argument("ABSTTL"u8);
        if (replaces)
        {
            pipeline.Argument("REPLACE"u8);
        }

        if (key.IdleSeconds >= 0)
        {
            pipeline.Argument("IDLETIME"u8);
            pipeline.Argument(key.IdleSeconds);
        }

        Wait(new KeyState(key), isLast: true);
    }

    public IRdbVisitor? BeginEntries(in TransferredKey key, RdbKind kind)
    {
        if (!TrySelect(key))
        {
            return null;
        }

        var state = new KeyState(key);
        Finish();
        pipeline.Begin(2);
        pipeline.Argument(replaces ? "DEL"u8 : "EXISTS"u8);
        pipeline.Argument(key.Name);
        pipeline.Flush();
        RespReplyReader reply = pipeline.Read();
        if (reply.IsError || (!replaces && reply.Integer != 0))
        {
            Refuse(state, reply.IsError ? Encoding.UTF8.GetString(reply.Text) : TransferReport.ThereAlready);
            return null;
        }

        _large = state;
        _entries.Begin(key.Name, kind, () => Wait(state, isLast: false));
        return _entries;
    }

    public void EndEntries()
    {
        _entries.End();
        TransferredKey key = _large!.Key;
        pipeline.Begin(3);
        pipeline.Argument(key.ExpiresAt == 0 ? "EXISTS"u8 : "PEXPIREAT"u8);
        pipeline.Argument(key.Name);
        if (key.ExpiresAt == 0)
        {
            // EXISTS counts a key for each name.
            pipeline.Argument(key.Name);
        }
        else
        {
            pipeline.Argument(key.ExpiresAt);
        }

        Wait(_large, isLast: true);
    }

    public void DropEntries()
    {
        _entries.Drop();
        _large!.IsRefused = true;
        pipeline.Begin(2);
        pipeline.Argument("DEL"u8);
        pipeline.Argument(_large.Key.Name);
        Wait(_large, isLast: true);
    }

    public void Finish()
    {
        Send();
        ReadAnswers(0);
    }

    public void Dispose() => pipeline.Dispose();

    private bool TrySelect(in TransferredKey key)
    {
        if (key.Database >= ItemStore.DatabaseCount)
        {
            report.Refuse(key.Database, key.Name, $"the gateway has {ItemStore.DatabaseCount} databases");
            return false;
        }

        if (key.Database != _database)
        {
            _database = key.Database;
            pipeline.Begin(2);
            pipeline.Argument("SELECT"u8);
            pipeline.Argument(_database);
            Wait(new KeyState(key), isLast: false);
        }

        return true;
    }

    private void Wait(KeyState state, bool isLast)
    {
        _waiting.Enqueue(state);
        state.Requests++;
        state.IsComplete |= isLast;
        if (pipeline.IsFull)
        {
            Send();
        }
    }

    // The batch before is answered while this one travels.
    private void Send()
    {
        int batch = _waiting.Count - _sent;
        pipeline.Flush();
        ReadAnswers(batch);
        _sent = batch;
    }

    private void ReadAnswers(int left)
    {
        while (_waiting.Count > left)
        {
            KeyState state = _waiting.Dequeue();
            RespReplyReader reply = pipeline.Read();
            state.Requests--;
            if (reply.IsError)
            {
                Refuse(state, reply.Text.StartsWith("BUSYKEY "u8)
                    ? TransferReport.ThereAlready : Encoding.UTF8.GetString(reply.Text));
            }
            else if (state is { IsComplete: true, Requests: 0, IsRefused: false })
            {
                report.Taken++;
            }
        }

        _sent = Math.Min(_sent, _waiting.Count);
    }

    private void Refuse(KeyState state, string reason)
    {
        if (!state.IsRefused)
        {
            state.IsRefused = true;
            report.Refuse(state.Key.Database, state.Key.Name, reason);
        }
    }

    /// <summary>A key whose requests are under way.</summary>
    private sealed class KeyState(TransferredKey key)
    {
        public TransferredKey Key { get; } = key;

        public int Requests { get; set; }

        public bool IsComplete { get; set; }

        public bool IsRefused { get; set; }
    }
}
