using System.Text;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>RESP2, with the commands of phpredis' session handler.</summary>
internal readonly struct RespProtocol(Dataset data) : IWireProtocol
{
    // phpredis frees a lock by this script, so that nobody frees another's; EVALSHA names it by its SHA1.
    private const string Script =
        "if redis.call(\"get\",KEYS[1]) == ARGV[1] then return redis.call(\"del\",KEYS[1]) else return 0 end";

    private const string ScriptHash = "b70c2384248f88e6b75b9f89241a180f856ad852";
    private const string Owner = "webserver|4711";

    private static readonly byte[] LoadScript =
        Encoding.ASCII.GetBytes($"*3\r\n$6\r\nSCRIPT\r\n$4\r\nLOAD\r\n${Script.Length}\r\n{Script}\r\n");

    private static readonly byte[] LoadedScript = Encoding.ASCII.GetBytes($"${ScriptHash.Length}\r\n{ScriptHash}\r\n");

    private static readonly byte[] LockTail = Encoding.ASCII.GetBytes(
        $"\r\n${Owner.Length}\r\n{Owner}\r\n$2\r\nNX\r\n$2\r\nPX\r\n$5\r\n{Dataset.LockMilliseconds}\r\n");

    private static readonly byte[] UnlockHead = Encoding.ASCII.GetBytes(
        $"*5\r\n$7\r\nEVALSHA\r\n${ScriptHash.Length}\r\n{ScriptHash}\r\n$1\r\n1\r\n${Dataset.LockKeyBytes}\r\n");

    private static readonly byte[] UnlockTail = Encoding.ASCII.GetBytes($"\r\n${Owner.Length}\r\n{Owner}\r\n");

    private readonly byte[] _setMiddle =
        Encoding.ASCII.GetBytes($"\r\n$4\r\n{Dataset.TtlSeconds}\r\n${data.ValueBytes}\r\n");

    private readonly byte[] _bulkHeader = Encoding.ASCII.GetBytes($"${data.ValueBytes}\r\n");

    public ReadOnlySpan<byte> Preamble => LoadScript;

    public ReadOnlySpan<byte> PreambleReply => LoadedScript;

    public int Write(Span<byte> destination, Op op, int key)
    {
        Cursor cursor = new(destination);
        switch (op)
        {
            case Op.Get:
                cursor.Add("*2\r\n$3\r\nGET\r\n$40\r\n"u8);
                cursor.Add(data.Key(key));
                cursor.Add("\r\n"u8);
                break;
            case Op.Set:
                cursor.Add("*4\r\n$5\r\nSETEX\r\n$40\r\n"u8);
                cursor.Add(data.Key(key));
                cursor.Add(_setMiddle);
                data.WriteNextValue(cursor.Take(data.ValueBytes), key);
                cursor.Add("\r\n"u8);
                break;
            case Op.Lock:
                cursor.Add("*6\r\n$3\r\nSET\r\n$45\r\n"u8);
                cursor.Add(data.LockKey(key));
                cursor.Add(LockTail);
                break;
            case Op.Unlock:
                cursor.Add(UnlockHead);
                cursor.Add(data.LockKey(key));
                cursor.Add(UnlockTail);
                break;
            default:
                break; // phpredis closes the connection without a word
        }

        return cursor.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key)
    {
        if (op != Op.Get)
            return Reply.Is(input, op == Op.Unlock ? ":1\r\n"u8 : "+OK\r\n"u8);
        int header = Reply.Is(input, _bulkHeader);
        return header <= 0 ? header : Reply.IsValue(input, header, "\r\n"u8, key, data);
    }
}
