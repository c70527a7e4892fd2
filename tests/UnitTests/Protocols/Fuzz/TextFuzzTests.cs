using System.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>Lines, storage requests with their data and numbers of the text protocol beside the slow parser.</summary>
public sealed class TextFuzzTests(ITestOutputHelper output)
{
    /// <summary>Longest value; longer ones are refused and swallowed.</summary>
    internal const int MaxValueBytes = 1000;

    private readonly WireFuzz _fuzz = new("text", output.WriteLine);

    [Fact]
    public void The_corpus_is_read_as_the_slow_parser_reads_it() => _fuzz.CompareCorpus(Read, NaiveText.Read);

    [Fact]
    public void Damaged_requests_are_read_as_the_slow_parser_reads_them() => _fuzz.CompareDamaged(Read, NaiveText.Read);

    [Fact]
    public void A_difference_is_found() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () =>
            _fuzz.CompareDamaged(Read, bytes => NaiveText.Read(bytes).Replace("quiet", "", StringComparison.Ordinal)));

    // Reads as a connection does: unconsumed bytes stay in front, what is to be swallowed goes as it comes.
    private static string Read(Segments input)
    {
        var reader = new TextRequestReader { MaxValueBytes = MaxValueBytes };
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

                ReadStatus status = ReadOne(ref reader, input.Bytes.AsSpan(start, arrived - start), text, out int size);
                if (status == ReadStatus.NeedMoreData)
                {
                    Assert.InRange(reader.NeedBytes, arrived - start + 1, int.MaxValue);
                    break;
                }

                if (status == ReadStatus.Fatal)
                {
                    return text.Append($"!{reader.Error}").ToString();
                }

                swallow = status == ReadStatus.BadRequest ? reader.Swallow : 0;
                start += size;
            }
        }

        return text.Append(start < input.Bytes.Length ? "…" : "").ToString();
    }

    private static ReadStatus ReadOne(
        ref TextRequestReader reader, ReadOnlySpan<byte> input, StringBuilder text, out int size)
    {
        ReadStatus status = reader.TryRead(input, out TextLine line, out size);
        if (status != ReadStatus.Done)
        {
            return status;
        }

        string verb = Of(line.Verb);
        string found = $"[{verb} {Of(line.Bytes)}]";
        if (verb is "set" or "add" or "replace" or "append" or "prepend" or "cas")
        {
            status = StorageLine.TryRead(ref reader, line, verb == "cas", out StorageRequest request, out size);
            found = $"[{verb} {Of(request.Key)} {request.Flags} {request.Exptime} {request.Unique}"
                + $"{(request.IsQuiet ? " quiet" : "")} {Of(request.Data)}]";
        }
        else if (verb is "incr" or "decr" or "touch")
        {
            status = KeyLine.TryRead(ref reader, line, out KeyLine request);
            found = $"[{verb} {Of(request.Key)} {Of(request.Argument)}{(request.IsQuiet ? " quiet" : "")}]";
        }

        text.Append(status switch
        {
            ReadStatus.Done => found,
            ReadStatus.BadRequest => $"({reader.Error}{(reader.IsQuiet ? " quiet" : "")} {reader.Swallow})",
            _ => "",
        });
        return status;
    }

    private static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
