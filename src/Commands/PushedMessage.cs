using SessionGateway.Protocols.Buffers;

namespace SessionGateway.Commands;

/// <summary>
/// Bytes for a peer outside of replies: immutable, on the managed heap and shared by all who get them, so that no owner
/// can be gone while another thread reads. The type byte of RESP is not part of them: which it is depends on what the
/// connection speaks when the message is delivered.
/// </summary>
/// <param name="Head">What follows the type byte; shared by all messages of one source.</param>
/// <param name="Body">The rest; shared by all sources of one message.</param>
public sealed record PushedMessage(byte[] Head, byte[] Body)
{
    /// <summary>The type byte of a message that is no push; 0: it is one.</summary>
    public byte Type { get; init; }

    /// <summary>Bytes on the wire.</summary>
    public long Length => 1L + Head.Length + Body.Length;

    /// <summary>Writes the message into replies.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="version">RESP version of the connection.</param>
    public void WriteTo(OutputBuffer output, int version)
    {
        output.WriteByte(TypeByte(version));
        output.Write(Head);
        output.Write(Body);
    }

    /// <summary>Appends the message to what a connection has not sent yet.</summary>
    /// <param name="queue">Where to.</param>
    /// <param name="version">RESP version of the connection.</param>
    public void AppendTo(ref ByteQueue queue, int version)
    {
        Span<byte> type = queue.GetSpan(1 + Head.Length + Body.Length);
        type[0] = TypeByte(version);
        Head.CopyTo(type[1..]);
        Body.CopyTo(type[(1 + Head.Length)..]);
        queue.Advance(1 + Head.Length + Body.Length);
    }

    // A push of RESP3 is an array in RESP2.
    private byte TypeByte(int version) => Type != 0 ? Type : version == 2 ? (byte)'*' : (byte)'>';
}
