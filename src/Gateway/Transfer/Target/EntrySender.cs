using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp;

namespace SessionGateway.Gateway.Transfer.Target;

/// <summary>Sends the entries of a large collection, some hundred with each command.</summary>
internal sealed class EntrySender(RespPipeline pipeline) : IRdbVisitor
{
    private const int MostEntries = 500;
    private const int MostBytes = 128 << 10;

    private readonly List<byte[]> _arguments = [];
    private readonly List<(byte[] Field, long ExpiresAt)> _expiries = [];
    private byte[] _key = [];
    private RdbKind _kind;
    private Action _onRequest = () => { };
    private int _entries;
    private int _bytes;

    /// <summary>Begins a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="onRequest">Called behind each request.</param>
    public void Begin(byte[] key, RdbKind kind, Action onRequest)
    {
        _key = key;
        _kind = kind;
        _onRequest = onRequest;
    }

    public bool Visit(in RdbElement element)
    {
        int length = element.Name.Length + element.Value.Length;
        if (_entries > 0 && _bytes + length > MostBytes)
        {
            Send();
        }

        if (_kind == RdbKind.SortedSet)
        {
            Span<byte> score = stackalloc byte[RespWriter.MostDoubleBytes];
            _arguments.Add(score[..RespWriter.FormatDouble(element.Score, score)].ToArray());
        }

        byte[] name = element.Name.ToArray();
        _arguments.Add(name);
        if (_kind == RdbKind.Hash)
        {
            _arguments.Add(element.Value.ToArray());
        }

        if (element.ExpiresAt != 0)
        {
            _expiries.Add((name, element.ExpiresAt));
        }

        _bytes += length;
        if (++_entries >= MostEntries || _bytes >= MostBytes)
        {
            Send();
        }

        return true;
    }

    /// <summary>Sends what is left.</summary>
    public void End()
    {
        if (_entries > 0)
        {
            Send();
        }
    }

    /// <summary>Forgets what is left.</summary>
    public void Drop()
    {
        _arguments.Clear();
        _expiries.Clear();
        _entries = _bytes = 0;
    }

    private void Send()
    {
        pipeline.Begin(_arguments.Count + 2);
        pipeline.Argument(_kind switch
        {
            RdbKind.Hash => "HSET"u8,
            RdbKind.Set => "SADD"u8,
            RdbKind.SortedSet => "ZADD"u8,
            _ => "RPUSH"u8,
        });
        pipeline.Argument(_key);
        foreach (byte[] argument in _arguments)
        {
            pipeline.Argument(argument);
        }

        _onRequest();
        foreach ((byte[] field, long expiresAt) in _expiries)
        {
            pipeline.Begin(6);
            pipeline.Argument("HPEXPIREAT"u8);
            pipeline.Argument(_key);
            pipeline.Argument(expiresAt);
            pipeline.Argument("FIELDS"u8);
            pipeline.Argument("1"u8);
            pipeline.Argument(field);
            _onRequest();
        }

        Drop();
    }
}
