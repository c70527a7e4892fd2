using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>
/// Moves absolute exptimes (above 30 days) of one connection's requests from the day of the recording to today; the
/// client computed them with its own clock. Relative, zero and negative ones stay as they are.
/// </summary>
internal sealed partial class ExptimeShift(TimeSpan sinceRecording)
{
    private const int LongestRelative = 30 * 24 * 3600;
    private const int BinaryHeader = 24;
    private const byte BinaryRequest = 0x80;

    private readonly int _seconds = (int)sinceRecording.TotalSeconds;

    /// <summary>Bytes of the last request that are still to come in later chunks.</summary>
    private int _rest;

    /// <summary>Rewrites one chunk in place of the same length.</summary>
    public byte[] Apply(byte[] chunk)
    {
        int at = Math.Min(_rest, chunk.Length);
        _rest -= at;
        byte[] shifted = [.. chunk];
        while (at < shifted.Length)
        {
            int length = shifted[at] == BinaryRequest ? Binary(shifted.AsSpan(at)) : Text(shifted, at);
            _rest = Math.Max(0, length - (shifted.Length - at));
            at += length;
        }
        return shifted;
    }

    /// <summary>One binary request; returns its whole length.</summary>
    private int Binary(Span<byte> request)
    {
        if (request[1] is 0x01 or 0x02)
        {
            Span<byte> exptime = request.Slice(BinaryHeader + 4, 4);
            int value = BinaryPrimitives.ReadInt32BigEndian(exptime);
            if (value > LongestRelative)
                BinaryPrimitives.WriteInt32BigEndian(exptime, value + _seconds);
        }
        return BinaryHeader + BinaryPrimitives.ReadInt32BigEndian(request[8..]);
    }

    /// <summary>One text request, or all of a RESP chunk; returns its whole length.</summary>
    private int Text(byte[] chunk, int at)
    {
        int end = chunk.AsSpan(at).IndexOf("\r\n"u8);
        string line = Encoding.Latin1.GetString(chunk, at, end < 0 ? 0 : end);
        if (StorageLine().Match(line) is not { Success: true } storage)
            return line.Length + 2;
        int exptime = int.Parse(storage.Groups["exptime"].ValueSpan);
        if (exptime > LongestRelative)
        {
            // Ten digits until the year 2286, so the chunk keeps its length.
            byte[] digits = Encoding.Latin1.GetBytes($"{exptime + _seconds}");
            digits.CopyTo(chunk, at + storage.Groups["exptime"].Index);
        }
        return line.Length + 2 + int.Parse(storage.Groups["length"].ValueSpan) + 2;
    }

    [GeneratedRegex(@"^(set|add) \S+ 0 (?<exptime>-?\d+) (?<length>\d+)$")]
    private static partial Regex StorageLine();
}
