using System.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Binary.Client;
using SessionGateway.Protocols.Memcached.Text.Client;
using SessionGateway.Protocols.Resp.Client;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Clients;

/// <summary>Reads the pieces of replies and tells in a text what was found; <c>…</c> at an unfinished end, <c>!</c> at
/// bytes that are no reply.</summary>
internal static class ReplyText
{
    private delegate ReplyStatus Reader(ReadOnlySpan<byte> input, StringBuilder text, out int length, out int needed);

    public static string Resp(Segments input)
    {
        var scanner = default(RespReplyScanner);
        return Read(input, (ReadOnlySpan<byte> bytes, StringBuilder text, out int length, out int needed) =>
        {
            ReplyStatus status = scanner.Scan(bytes, out length);
            needed = scanner.NeedBytes;
            if (status == ReplyStatus.Done)
            {
                var reader = new RespReplyReader(bytes[..length]);
                Assert.True(reader.Read());
                Append(text, ref reader);
                Assert.False(reader.Read());
            }

            return status;
        });
    }

    public static string MemcachedText(Segments input) =>
        Read(input, (ReadOnlySpan<byte> bytes, StringBuilder text, out int length, out int needed) =>
        {
            ReplyStatus status = TextReplyReader.TryRead(bytes, out TextReply reply, out length);
            needed = length;
            if (status == ReplyStatus.Done)
            {
                text.Append(reply.IsValue
                    ? $"{Of(reply.Key)}({reply.Flags},{reply.Cas})={Of(reply.Value)}"
                    : $"{Of(reply.Line)}{(reply.IsError ? " (error)" : "")}");
            }

            return status;
        });

    public static string MemcachedBinary(Segments input) =>
        Read(input, (ReadOnlySpan<byte> bytes, StringBuilder text, out int length, out int needed) =>
        {
            ReplyStatus status = BinaryReplyReader.TryRead(bytes, out BinaryReply reply, out length);
            needed = length;
            if (status == ReplyStatus.Done)
            {
                text.Append($"{reply.Header.Opcode} {reply.Status} {reply.Header.Opaque:x} {reply.Header.Cas:x} "
                    + $"{Of(reply.Extras)}|{Of(reply.Key)}|{Of(reply.Value)}");
            }

            return status;
        });

    public static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    private static string Read(Segments input, Reader reader)
    {
        var text = new StringBuilder();
        int start = 0;
        foreach (int arrived in input.Lengths)
        {
            while (start < arrived)
            {
                ReplyStatus status =
                    reader(input.Bytes.AsSpan(start, arrived - start), text, out int length, out int needed);
                if (status == ReplyStatus.Fatal)
                {
                    return text.Append('!').ToString();
                }

                if (status == ReplyStatus.NeedMoreData)
                {
                    Assert.InRange(needed, arrived - start + 1, int.MaxValue);
                    break;
                }

                start += length;
                text.Append(' ');
            }
        }

        return text.Append(start < input.Bytes.Length ? "…" : "").ToString().Trim(' ');
    }

    private static void Append(StringBuilder text, ref RespReplyReader reader)
    {
        RespReplyKind kind = reader.Kind;
        text.Append("+-:$*_#,(!=%~>|"[(int)kind]).Append(Of(reader.Text));
        if (!RespReplyReader.IsAggregate(kind))
        {
            return;
        }

        text.Append('[');
        for (long left = reader.Count; left > 0; left--)
        {
            Assert.True(reader.Read());
            Append(text, ref reader);
            text.Append(left > 1 ? " " : "");
        }

        text.Append(']');
        // An attribute stands before the value that it says something about.
        if (kind == RespReplyKind.Attribute)
        {
            Assert.True(reader.Read());
            Append(text, ref reader);
        }
    }
}
