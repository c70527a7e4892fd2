using System.Buffers.Binary;
using System.Text;
using Xunit;

namespace SessionGateway.CompatTests.Php.Replay;

/// <summary>A recorded reply, and which of its bytes another server must repeat.</summary>
internal sealed class ReplyBytes
{
    private const byte BinaryMagic = 0x81;
    private const int BinaryHeader = 24;
    private const int CasAt = 16;

    // A request's header is longer than its reply's: of a line that was cut the last bytes were never sent.
    private const int LongestHeader = 80;

    private readonly byte[] _bytes;
    private readonly bool[] _known;
    private readonly List<int> _cas = [];

    /// <summary>Reads the reply.</summary>
    public ReplyBytes(IReadOnlyCollection<Chunk> chunks)
    {
        _bytes = new byte[chunks.Sum(chunk => chunk.Length)];
        _known = new bool[_bytes.Length];
        int at = 0;
        bool cut = false;
        foreach (Chunk chunk in chunks)
        {
            chunk.Bytes.CopyTo(_bytes, at);
            // Behind a cut line the value goes on, which is filled up in the request.
            int known = cut ? 0 : chunk.IsCut ? Math.Max(0, chunk.Bytes.Length - LongestHeader) : chunk.Length;
            _known.AsSpan(at, known).Fill(true);
            cut |= chunk.IsCut;
            at += chunk.Length;
        }
        ForgetCas();
    }

    /// <summary>Number of bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Fails unless the other reply is the same, but for the values of cas uniques.</summary>
    public void AssertSame(byte[] actual, string where)
    {
        bool same = actual.Length == _bytes.Length;
        for (int i = 0; same && i < _bytes.Length; i++)
            same = !_known[i] || actual[i] == _bytes[i];
        same = same && _cas.TrueForAll(at => IsZero(actual, at) == IsZero(_bytes, at));
        Assert.True(same, $"{where}\nrecorded: {Show(_bytes)}\nanswered: {Show(actual)}");
    }

    /// <summary>Cas uniques are the server's own: zero or not is all they share.</summary>
    private void ForgetCas()
    {
        for (int at = 0; at + BinaryHeader <= _bytes.Length && _bytes[at] == BinaryMagic && _known[at];)
        {
            _known.AsSpan(at + CasAt, 8).Fill(false);
            _cas.Add(at + CasAt);
            at += BinaryHeader + BinaryPrimitives.ReadInt32BigEndian(_bytes.AsSpan(at + 8));
        }
    }

    private static bool IsZero(byte[] bytes, int at) => BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at)) == 0;

    private static string Show(byte[] bytes)
    {
        var text = new StringBuilder($"{bytes.Length} bytes ");
        foreach (byte b in bytes.AsSpan(0, Math.Min(bytes.Length, 300)))
            text.Append(b is >= 0x20 and < 0x7f ? $"{(char)b}" : $"\\x{b:x2}");
        return text.ToString();
    }
}
