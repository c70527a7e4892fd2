using System.Text;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.Transfer.Target;
using SessionGateway.Protocols.Rdb;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Transfer.Sources;

/// <summary>A running server that speaks RESP: SCAN, and for each key DUMP and its expiry.</summary>
internal sealed class RedisSource(RespPipeline pipeline, int? database, TransferReport report)
{
    private const int KeysPerScan = 200;

    private readonly RdbValueReader _reader = new();
    private bool _knowsAbsoluteTimes;
    private IKeyTarget _target = null!;
    private long _seen;

    /// <summary>What to do with a key that is seen; false: it was seen before.</summary>
    public Func<int, byte[], bool>? IsNew { get; init; }

    /// <summary>Gives all keys to the target.</summary>
    /// <exception cref="SessionToolException">The server does not answer, or not as one does.</exception>
    public void Run(IKeyTarget target)
    {
        _target = target;
        if (database is { } only)
        {
            // The server says which there are; an empty one and one that it has not look alike below.
            pipeline.Expect($"database {only}", "SELECT", $"{only}");
        }

        // Of redis 7.0; before that the time that is left is asked for.
        _knowsAbsoluteTimes = !pipeline.Ask("PEXPIRETIME", "k").IsError;
        List<(int Database, long Keys)> all = Databases();
        report.Total = all.Sum(one => one.Keys);
        foreach ((int number, _) in all)
        {
            pipeline.Expect($"database {number}", "SELECT", $"{number}");
            Scan(number);
        }

        if (database is null)
        {
            RefuseFunctions();
        }
    }

    // Libraries belong to no database; a server before redis 7.0 has none, and says so by an error.
    private void RefuseFunctions()
    {
        RespReplyReader reply = pipeline.Ask("FUNCTION", "LIST");
        for (long libraries = reply.IsError ? 0 : reply.Count; libraries > 0; libraries--)
        {
            byte[] name = [];
            reply.Read();
            for (long pairs = reply.Count / 2; pairs > 0; pairs--)
            {
                reply.Read();
                bool isName = reply.Text.SequenceEqual("library_name"u8);
                reply.Read();
                name = isName ? reply.Text.ToArray() : name;
                Skip(ref reply, reply.Count);
            }

            report.Refuse(0, name, "a library of functions");
        }
    }

    private static void Skip(ref RespReplyReader reply, long elements)
    {
        for (; elements > 0; elements--)
        {
            reply.Read();
            Skip(ref reply, reply.Count);
        }
    }

    // "db0:keys=1,expires=0,avg_ttl=0" in INFO keyspace.
    private List<(int Database, long Keys)> Databases()
    {
        var all = new List<(int, long)>();
        string info = Encoding.UTF8.GetString(pipeline.Expect("INFO", "INFO", "keyspace").Text);
        foreach (string line in info.Split('\n'))
        {
            int colon = line.IndexOf(":keys=", StringComparison.Ordinal);
            if (line.StartsWith("db", StringComparison.Ordinal) && colon > 0
                && int.TryParse(line[2..colon], out int number)
                && long.TryParse(line[(colon + 6)..].Split(',')[0], out long keys)
                && (database is null || database == number))
            {
                all.Add((number, keys));
            }
        }

        return all;
    }

    private void Scan(int number)
    {
        string cursor = "0";
        do
        {
            var keys = new List<byte[]>();
            RespReplyReader reply = pipeline.Expect("SCAN", "SCAN", cursor, "COUNT", $"{KeysPerScan}");
            reply.Read();
            cursor = Encoding.ASCII.GetString(reply.Text);
            reply.Read();
            for (long count = reply.Count; count > 0 && reply.Read(); count--)
            {
                keys.Add(reply.Text.ToArray());
            }

            keys.RemoveAll(key => IsNew is { } isNew && !isNew(number, key));
            Fetch(number, keys);
        }
        while (cursor != "0");
    }

    private void Fetch(int number, List<byte[]> keys)
    {
        int next = 0;
        while (next < keys.Count)
        {
            int first = next;
            while (next < keys.Count && !pipeline.IsFull)
            {
                pipeline.Begin(2);
                pipeline.Argument(_knowsAbsoluteTimes ? "PEXPIRETIME"u8 : "PTTL"u8);
                pipeline.Argument(keys[next]);
                pipeline.Begin(2);
                pipeline.Argument("DUMP"u8);
                pipeline.Argument(keys[next++]);
            }

            pipeline.Flush();
            for (int i = first; i < next; i++)
            {
                long time = pipeline.Read().Integer;
                long expiresAt = time <= 0 ? 0 : _knowsAbsoluteTimes ? time : time + report.Now;
                Take(new TransferredKey(number, keys[i], expiresAt, -1), pipeline.Read());
                report.Look(++_seen);
            }
        }
    }

    private void Take(in TransferredKey key, RespReplyReader reply)
    {
        if (reply.Kind == RespReplyKind.Null || (key.ExpiresAt != 0 && key.ExpiresAt <= report.Now))
        {
            // It ended since it was named.
            report.Expired++;
            return;
        }

        ReadOnlySpan<byte> payload = reply.Text;
        if (reply.IsError)
        {
            report.Refuse(key.Database, key.Name, Encoding.UTF8.GetString(payload));
        }
        else if (!DumpPayload.TryVersion(payload, out int version) || payload.Length == DumpPayload.FootBytes)
        {
            report.Refuse(key.Database, key.Name, "a payload of an unknown version");
        }
        else
        {
            Give(key, (RdbType)payload[0], payload[1..^DumpPayload.FootBytes], version);
        }
    }

    private void Give(in TransferredKey key, RdbType type, ReadOnlySpan<byte> value, int version)
    {
        RdbKind kind = RdbTypes.KindOf(type);
        if (kind > RdbKind.Hash)
        {
            report.Refuse(key.Database, key.Name, RdbErrorText.Of(kind));
            return;
        }

        if (kind == RdbKind.String || value.Length <= _target.MostWholeBytes)
        {
            _target.Put(key, type, value, version);
            return;
        }

        if (_target.BeginEntries(key, kind) is { } visitor)
        {
            _reader.Begin(type, version == RdbVersion.Valkey9);
            RdbStatus status = RdbStatus.More;
            while (status == RdbStatus.More)
            {
                status = _reader.Read(value, visitor, out int consumed);
                value = value[consumed..];
            }

            _target.EndEntries();
            if (status != RdbStatus.Done)
            {
                throw new SessionToolException(
                    $"{pipeline.Place}: a damaged payload: {RdbErrorText.Of(_reader.Error)}");
            }
        }
    }
}
