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

    private static string Read(Segments input) => new Conversation().Read(input);

    private sealed class Conversation : FuzzedConversation
    {
        private TextRequestReader _reader = new() { MaxValueBytes = MaxValueBytes };

        protected override int NeedBytes => _reader.NeedBytes;

        protected override long Swallow => _reader.Swallow;

        protected override string Error => _reader.Error.ToString();

        protected override ReadStatus ReadOne(ReadOnlySpan<byte> input, StringBuilder text, out int size)
        {
            ReadStatus status = _reader.TryRead(input, out TextLine line, out size);
            if (status != ReadStatus.Done)
            {
                return status;
            }

            string verb = Of(line.Verb);
            string found = $"[{verb} {Of(line.Bytes)}]";
            if (verb is "set" or "add" or "replace" or "append" or "prepend" or "cas")
            {
                status = StorageLine.TryRead(ref _reader, line, verb == "cas", out StorageRequest request, out size);
                found = $"[{verb} {Of(request.Key)} {request.Flags} {request.Exptime} {request.Unique}"
                    + $"{(request.IsQuiet ? " quiet" : "")} {Of(request.Data)}]";
            }
            else if (verb is "incr" or "decr" or "touch")
            {
                status = KeyLine.TryRead(ref _reader, line, out KeyLine request);
                found = $"[{verb} {Of(request.Key)} {Of(request.Argument)}{(request.IsQuiet ? " quiet" : "")}]";
            }

            text.Append(status switch
            {
                ReadStatus.Done => found,
                ReadStatus.BadRequest => $"({_reader.Error}{(_reader.IsQuiet ? " quiet" : "")} {_reader.Swallow})",
                _ => "",
            });
            return status;
        }
    }
}
