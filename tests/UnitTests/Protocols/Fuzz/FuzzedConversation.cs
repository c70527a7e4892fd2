using System.Text;
using SessionGateway.Protocols;
using SessionGateway.UnitTests.Support;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>
/// Reads requests of a memcached protocol as a connection does: unconsumed bytes stay in front, what is to be swallowed
/// goes as it comes.
/// </summary>
internal abstract class FuzzedConversation
{
    /// <summary>From which length a new attempt is worth while.</summary>
    protected abstract int NeedBytes { get; }

    /// <summary>Bytes to be swallowed behind a refused request.</summary>
    protected abstract long Swallow { get; }

    /// <summary>What is wrong.</summary>
    protected abstract string Error { get; }

    /// <summary>All that was understood, as text.</summary>
    public string Read(Segments input)
    {
        var text = new StringBuilder();
        int start = 0;
        long swallow = 0;
        foreach (int arrived in input.Lengths)
        {
            while (true)
            {
                int stepped = (int)Math.Min(swallow, arrived - start);
                start += stepped;
                swallow -= stepped;
                if (start == arrived || swallow > 0)
                {
                    break;
                }

                ReadStatus status = ReadOne(input.Bytes.AsSpan(start, arrived - start), text, out int size);
                if (status == ReadStatus.NeedMoreData)
                {
                    Assert.InRange(NeedBytes, arrived - start + 1, int.MaxValue);
                    break;
                }

                if (status == ReadStatus.Fatal)
                {
                    return text.Append($"!{Error}").ToString();
                }

                swallow = status == ReadStatus.BadRequest ? Swallow : 0;
                start += size;
            }
        }

        return text.Append(start < input.Bytes.Length ? "…" : "").ToString();
    }

    /// <summary>One char a byte.</summary>
    protected static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>Reads one request and adds what was understood.</summary>
    protected abstract ReadStatus ReadOne(ReadOnlySpan<byte> input, StringBuilder text, out int size);
}
