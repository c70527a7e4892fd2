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

    private static string Read(Segments input) => new Conversation().Read(input);

    private sealed class Conversation : FuzzedConversation
    {
        private BinaryRequestReader _reader = new() { MaxValueBytes = MaxValueBytes };

        protected override int NeedBytes => _reader.NeedBytes;

        protected override long Swallow => _reader.Swallow;

        protected override string Error => _reader.Error.ToString();

        protected override ReadStatus ReadOne(ReadOnlySpan<byte> input, StringBuilder text, out int size)
        {
            ReadStatus status = _reader.TryReadHeader(input, out BinaryRequest request, out size);
            if (status == ReadStatus.Done)
            {
                BinaryShape? shape = Shapes.GetValueOrDefault((byte)request.Opcode);
                status = _reader.TryReadBody(input, shape, ref request, out size);
            }

            text.Append(status switch
            {
                ReadStatus.Done =>
                    $"[{(byte)request.Opcode} {request.Opaque} {request.Cas} "
                        + $"{Of(request.Extras)}|{Of(request.Key)}|{Of(request.Value)}]",
                ReadStatus.BadRequest => $"({_reader.Error} {Of(request.Key)} {_reader.Swallow})",
                _ => "",
            });
            return status;
        }
    }
}
