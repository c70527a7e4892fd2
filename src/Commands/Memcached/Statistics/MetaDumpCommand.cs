using SessionGateway.Protocols;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// lru_crawler metadump, with which memcached-tool lists keys (doc/protocol.txt, "LRU_Crawler"). There is no crawler:
/// the other subcommands are not known.
/// </summary>
internal sealed class MetaDumpCommand : ITextVerb
{
    private MetaDumpCommand()
    {
    }

    public static MetaDumpCommand Instance { get; } = new();

    /// <inheritdoc/>
    public VerbDescriptor Descriptor { get; } = new("lru_crawler", CommandTraits.Reads);

    // lru_crawler metadump <class,...|all|hash>
    public ReadStatus Run(ref TextCall call)
    {
        TextTokens words = call.Line.Words;
        ReadOnlySpan<byte> subcommand = words.Next();
        ReadOnlySpan<byte> classes = words.Next();
        if (!subcommand.SequenceEqual("metadump"u8) || classes.IsEmpty || !words.Next().IsEmpty)
        {
            return call.Reader.Refuse(TextError.Request);
        }

        if (!TryClasses(classes, out bool holdsItems))
        {
            call.Context.Output.Write("BADCLASS invalid class id\r\n"u8);
        }
        else if (!holdsItems)
        {
            call.Context.Output.Write("END\r\n"u8);
        }
        else
        {
            call.Rest = ItemWalk.Begin(call.Size, new MetaDump(), call.Context);
        }

        return ReadStatus.Done;
    }

    private static bool TryClasses(ReadOnlySpan<byte> words, out bool holdsItems)
    {
        holdsItems = words.SequenceEqual("all"u8) || words.SequenceEqual("hash"u8);
        if (holdsItems)
        {
            return true;
        }

        foreach (Range range in words.Split((byte)','))
        {
            if (!TextNumbers.TryUInt32(words[range], out uint number) || number is 0 or > SizeClass.Last)
            {
                return false;
            }

            holdsItems |= number == SizeClass.OfAll;
        }

        return true;
    }
}
