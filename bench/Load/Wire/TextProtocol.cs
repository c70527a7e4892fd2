using System.Text;
using SessionGateway.Bench.Load.Traffic;

namespace SessionGateway.Bench.Load.Wire;

/// <summary>memcached's text protocol.</summary>
internal readonly struct TextProtocol(Dataset data) : IWireProtocol
{
    private readonly byte[] _setTail = Encoding.ASCII.GetBytes($" 0 {Dataset.TtlSeconds} {data.ValueBytes}\r\n");
    private readonly byte[] _valueTail = Encoding.ASCII.GetBytes($" 0 {data.ValueBytes}\r\n");
    private readonly byte[] _lockTail = Encoding.ASCII.GetBytes($" 0 {Dataset.LockMilliseconds / 1000} 1\r\n1\r\n");

    public ReadOnlySpan<byte> Preamble => [];

    public ReadOnlySpan<byte> PreambleReply => [];

    public int Write(Span<byte> destination, Op op, int key)
    {
        Cursor cursor = new(destination);
        switch (op)
        {
            case Op.Get:
                cursor.Add("get "u8);
                cursor.Add(data.Key(key));
                cursor.Add("\r\n"u8);
                break;
            case Op.Set:
                cursor.Add("set "u8);
                cursor.Add(data.Key(key));
                cursor.Add(_setTail);
                data.WriteNextValue(cursor.Take(data.ValueBytes), key);
                cursor.Add("\r\n"u8);
                break;
            case Op.Lock:
                cursor.Add("add "u8);
                cursor.Add(data.LockKey(key));
                cursor.Add(_lockTail);
                break;
            case Op.Unlock:
                cursor.Add("delete "u8);
                cursor.Add(data.LockKey(key));
                cursor.Add("\r\n"u8);
                break;
            default:
                cursor.Add("quit\r\n"u8);
                break;
        }

        return cursor.Length;
    }

    public int Check(ReadOnlySpan<byte> input, Op op, int key) => op switch
    {
        Op.Get => CheckValue(input, key),
        Op.Unlock => Reply.Is(input, "DELETED\r\n"u8),
        _ => Reply.Is(input, "STORED\r\n"u8),
    };

    // VALUE <key> <flags> <bytes>\r\n<data block>\r\nEND\r\n
    private int CheckValue(ReadOnlySpan<byte> input, int key)
    {
        const int Verb = 6;
        int start = Verb + Dataset.KeyBytes + _valueTail.Length;
        if (input.Length < start)
            return Reply.Is(input[..Math.Min(input.Length, Verb)], "VALUE "u8) == Reply.Wrong
                ? Reply.Wrong
                : Reply.Incomplete;
        return input.StartsWith("VALUE "u8)
            && input.Slice(Verb, Dataset.KeyBytes).SequenceEqual(data.Key(key))
            && input[(Verb + Dataset.KeyBytes)..].StartsWith(_valueTail)
            ? Reply.IsValue(input, start, "\r\nEND\r\n"u8, key, data)
            : Reply.Wrong;
    }
}
