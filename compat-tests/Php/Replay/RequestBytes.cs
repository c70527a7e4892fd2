using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>
/// The bytes of recorded requests: what was cut is filled up, and exptimes that are dates are moved from the day of the
/// recording to today.
/// </summary>
internal sealed partial class RequestBytes
{
    private const byte BinaryMagic = 0x80;
    private const int BinaryHeader = 24;

    // Above any lifetime, and above the 31 days of libmemcached's question whether a key exists.
    private const long FirstDate = 1_000_000_000;

    private readonly byte[] _bytes;
    private readonly Func<long, long> _today;

    /// <summary>Reads the requests.</summary>
    /// <param name="chunks">All chunks until the server's turn.</param>
    /// <param name="today">Moves a date; null leaves dates as they are.</param>
    public RequestBytes(IReadOnlyCollection<Chunk> chunks, Func<long, long>? today = null)
    {
        _today = today ?? (date => date);
        _bytes = new byte[chunks.Sum(chunk => chunk.Length)];
        _bytes.AsSpan().Fill((byte)'x');
        int at = 0;
        foreach (Chunk chunk in chunks)
        {
            chunk.Bytes.CopyTo(_bytes, at);
            at += chunk.Length;
        }
        Missing = _bytes[0] switch
        {
            BinaryMagic => Walk(Binary),
            (byte)'*' => Resp(chunks.Any(chunk => chunk.IsCut)),
            _ => Walk(Text),
        };
    }

    /// <summary>Bytes that the last request announces and that are not there.</summary>
    public int Missing { get; }

    /// <summary>The bytes to send.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    private int Walk(Func<int, int> requestEnd)
    {
        int at = 0;
        while (at < _bytes.Length)
            at = requestEnd(at);
        return at - _bytes.Length;
    }

    /// <summary>One binary request; returns where it ends.</summary>
    private int Binary(int start)
    {
        Span<byte> request = _bytes.AsSpan(start);
        int exptimeAt = request[1] switch
        {
            0x01 or 0x02 or 0x03 => 4, // set, add, replace: flags before it
            0x1c => 0, // touch
            _ => -1,
        };
        if (exptimeAt >= 0)
        {
            Span<byte> exptime = request.Slice(BinaryHeader + exptimeAt, 4);
            BinaryPrimitives.WriteUInt32BigEndian(exptime, (uint)Moved(BinaryPrimitives.ReadUInt32BigEndian(exptime)));
        }
        return start + BinaryHeader + BinaryPrimitives.ReadInt32BigEndian(request[8..]);
    }

    /// <summary>One text request; returns where it ends.</summary>
    private int Text(int start)
    {
        int length = _bytes.AsSpan(start).IndexOf("\r\n"u8);
        if (length < 0)
            throw new FormatException($"no line: {Encoding.Latin1.GetString(_bytes.AsSpan(start))}");
        Match line = ExptimeLine().Match(Encoding.Latin1.GetString(_bytes, start, length));
        int end = start + length + 2;
        if (!line.Success)
            return end;
        Group exptime = line.Groups["exptime"];
        // Ten digits until the year 2286, so the line keeps its length.
        Encoding.Latin1.GetBytes($"{Moved(long.Parse(exptime.ValueSpan))}").CopyTo(_bytes, start + exptime.Index);
        if (line.Groups["length"] is not { Success: true } value)
            return end;
        end += int.Parse(value.ValueSpan) + 2;
        if (end <= _bytes.Length)
            "\r\n"u8.CopyTo(_bytes.AsSpan(end - 2));
        return end;
    }

    /// <summary>RESP has no dates; a value that was cut needs its end.</summary>
    private int Resp(bool cut)
    {
        if (cut)
            "\r\n"u8.CopyTo(_bytes.AsSpan(_bytes.Length - 2));
        return 0;
    }

    private long Moved(long exptime) => exptime >= FirstDate ? _today(exptime) : exptime;

    [GeneratedRegex(@"^(?:(?:set|add|replace) \S+ \d+ (?<exptime>\d+) (?<length>\d+)|touch \S+ (?<exptime>\d+))$")]
    private static partial Regex ExptimeLine();
}
