using System.Text;
using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Binary;
using SessionGateway.UnitTests.Support;
using Xunit.Abstractions;

namespace SessionGateway.UnitTests.Protocols.Fuzz;

/// <summary>Headers and bodies of the binary protocol beside the slow parser.</summary>
public sealed class BinaryFuzzTests(ITestOutputHelper output)
{
    /// <summary>Longest value; longer ones are refused and swallowed.</summary>
    internal const int MaxValueBytes = 200;

    private readonly WireFuzz _fuzz = new("binary", output.WriteLine);

    /// <summary>Some opcodes of each shape; the others are unknown here.</summary>
    internal static IReadOnlyDictionary<byte, BinaryShape> Shapes { get; } = new Dictionary<byte, BinaryShape>
    {
        [0x00] = BinaryShape.KeyOnly,
        [0x01] = BinaryShape.Store,
        [0x02] = BinaryShape.Store,
        [0x05] = BinaryShape.Arithmetic,
        [0x08] = BinaryShape.Flush,
        [0x0a] = BinaryShape.Empty,
        [0x0e] = BinaryShape.KeyAndValue,
        [0x10] = BinaryShape.Stat,
        [0x1c] = BinaryShape.Touch,
    };

    [Fact]
    public void The_corpus_is_read_as_the_slow_parser_reads_it() => _fuzz.CompareCorpus(Read, NaiveBinary.Read);

    [Fact]
    public void Damaged_requests_are_read_as_the_slow_parser_reads_them() =>
        _fuzz.CompareDamaged(Read, NaiveBinary.Read);

    [Fact]
    public void A_difference_is_found() => Assert.ThrowsAny<Xunit.Sdk.XunitException>(
        () =>
            _fuzz.CompareDamaged(Read,
                bytes => NaiveBinary.Read(bytes).Replace("TooLarge", "", StringComparison.Ordinal)));

    private static string Read(Segments input)
    {
        var reader = new BinaryRequestReader { MaxValueBytes = MaxValueBytes };
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
        ref BinaryRequestReader reader, ReadOnlySpan<byte> input, StringBuilder text, out int size)
    {
        ReadStatus status = reader.TryReadHeader(input, out BinaryRequest request, out size);
        if (status == ReadStatus.Done)
        {
            BinaryShape? shape = Shapes.GetValueOrDefault((byte)request.Opcode);
            status = reader.TryReadBody(input, shape, ref request, out size);
        }

        text.Append(status switch
        {
            ReadStatus.Done =>
                $"[{(byte)request.Opcode} {request.Opaque} {request.Cas} "
                    + $"{Of(request.Extras)}|{Of(request.Key)}|{Of(request.Value)}]",
            ReadStatus.BadRequest => $"({reader.Error} {Of(request.Key)} {reader.Swallow})",
            _ => "",
        });
        return status;
    }

    private static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
