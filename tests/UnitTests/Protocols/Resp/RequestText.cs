using System.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Resp;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Resp;

/// <summary>Reads pieces and tells in a text what was found: <c>[GET|k] [PING] … !error</c>.</summary>
internal static class RequestText
{
    public static readonly RespLimits Usual = RespLimits.Default(512 << 20, isAuthenticated: true);

    /// <summary>Reads as a connection does: unconsumed bytes stay in front, more come behind them.</summary>
    public static string Read(Segments input, RespLimits limits)
    {
        var reader = default(RespReader);
        var scratch = new RespScratch();
        var text = new StringBuilder();
        int start = 0;
        foreach (int length in input.Lengths)
        {
            while (start < length)
            {
                ReadStatus status = reader.TryRead(
                    input.Bytes.AsSpan(start, length - start), scratch, limits, out RespRequest request, out int size);
                if (status == ReadStatus.Fatal)
                {
                    return text.Append('!').Append(Encoding.Latin1.GetString(reader.Error!).TrimEnd()).ToString();
                }

                if (status == ReadStatus.NeedMoreData)
                {
                    Assert.InRange(reader.NeedBytes, length - start + 1, int.MaxValue);
                    break;
                }

                start += size;
                Append(text, request);
            }
        }

        return text.Append(start < input.Bytes.Length ? "…" : "").ToString().Trim();
    }

    public static string Read(string wire) =>
        Read(new Segments("whole", Segments.BytesOf(wire), []), Usual);

    private static void Append(StringBuilder text, RespRequest request)
    {
        text.Append('[');
        for (int i = 0; i < request.Count; i++)
        {
            text.Append(i > 0 ? "|" : "").Append(Encoding.Latin1.GetString(request[i]));
        }

        text.Append("] ");
    }
}
