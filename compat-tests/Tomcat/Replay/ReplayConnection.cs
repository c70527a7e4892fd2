using SessionGateway.CompatTests.Harness;
using Xunit.Sdk;

namespace SessionGateway.CompatTests.Tomcat.Replay;

/// <summary>One connection of a replay.</summary>
internal sealed class ReplayConnection(RawConnection connection, ExptimeShift shift) : IDisposable
{
    /// <summary>Sends a recorded chunk.</summary>
    /// <param name="request">The record.</param>
    /// <param name="isLast">Whether the server's turn comes after it; a cut chunk then ends its value.</param>
    /// <param name="pieceBytes">Size of the pieces to send, null for all at once.</param>
    public void Send(TranscriptRecord request, bool isLast, int? pieceBytes)
    {
        byte[] chunk = shift.Apply(Whole(request, isLast));
        if (pieceBytes is not { } size)
        {
            connection.Send(chunk);
            return;
        }
        foreach (byte[] piece in chunk.Chunk(size))
            connection.Send(piece);
    }

    /// <summary>Reads a reply of the recorded length.</summary>
    public byte[] Read(int length, string where)
    {
        try
        {
            return connection.ReadExactly(length);
        }
        catch (Exception error) when (error is TimeoutException or EndOfStreamException)
        {
            throw new XunitException($"{where}: {error.Message}");
        }
    }

    /// <summary>What comes without being asked for.</summary>
    public byte[] ReadUntilQuiet(TimeSpan quiet) => connection.ReadUntilQuiet(quiet);

    public void Dispose() => connection.Dispose();

    /// <summary>Chunks of large values are cut in the transcripts; any bytes do for the rest of such a value.</summary>
    private static byte[] Whole(TranscriptRecord request, bool isLast)
    {
        if (request.Bytes.Length == request.Length)
            return request.Bytes;
        byte[] whole = new byte[request.Length];
        whole.AsSpan().Fill((byte)'x');
        request.Bytes.CopyTo(whole, 0);
        if (isLast)
            "\r\n"u8.CopyTo(whole.AsSpan(^2..));
        return whole;
    }
}
