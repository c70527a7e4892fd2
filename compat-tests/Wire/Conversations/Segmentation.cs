using System.Net.Sockets;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>How the bytes of one step are cut into writes. The answer must not depend on it.</summary>
internal sealed class Segmentation
{
    // Single bytes of a megabyte value would show nothing new and take minutes.
    private const int CutLimit = 4096;

    private readonly Func<int> _nextLength;

    private Segmentation(Func<int> nextLength) => _nextLength = nextLength;

    /// <summary>All bytes in one write.</summary>
    public static Segmentation Whole { get; } = new(() => int.MaxValue);

    /// <summary>One byte a write.</summary>
    public static Segmentation EachByte { get; } = new(() => 1);

    /// <summary>Pieces of random length, mostly long, sometimes very short.</summary>
    public static Segmentation Random(int seed)
    {
        var random = new Random(seed);
        return new Segmentation(() => random.Next(4) == 0 ? random.Next(1, 8) : random.Next(1, 2000));
    }

    public void Send(RawConnection connection, byte[] bytes)
    {
        try
        {
            int sent = 0;
            while (sent < bytes.Length)
            {
                int length = sent > CutLimit ? bytes.Length - sent : Math.Min(_nextLength(), bytes.Length - sent);
                connection.Send(bytes.AsSpan(sent, length));
                sent += length;
            }
        }
        catch (SocketException)
        {
            // The server has closed on an earlier byte; reading shows what it said before.
        }
    }
}
