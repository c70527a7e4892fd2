using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached.Statistics;

/// <summary>
/// <c>stats cachedump &lt;slab class&gt; &lt;limit&gt;</c>, with which libmemcached's memcdump lists keys. All items
/// are in class 1; as in memcached the answer ends after 2 MB.
/// </summary>
internal sealed class CacheDump(uint most) : ItemWalkVisitor
{
    private const int MaxBytes = 2 << 20;

    private uint _listed;
    private long _bytes;

    /// <inheritdoc/>
    public override bool HasEnough => _listed >= most || _bytes > MaxBytes;

    /// <summary>Answers the request.</summary>
    /// <param name="size">Bytes of the request.</param>
    /// <param name="words">The words behind <c>cachedump</c>.</param>
    /// <param name="context">Where the answer goes.</param>
    /// <returns>What is left when the turn is over.</returns>
    public static TextRest? Begin(int size, TextTokens words, CommandContext context)
    {
        ReadOnlySpan<byte> slab = words.Next();
        ReadOnlySpan<byte> limit = words.Next();
        ReadOnlySpan<byte> answer = "END\r\n"u8;
        if (limit.IsEmpty)
        {
            answer = "CLIENT_ERROR bad command line\r\n"u8;
        }
        else if (!TextNumbers.TryUInt32(slab, out uint number) || !TextNumbers.TryUInt32(limit, out uint most))
        {
            answer = TextErrors.BadFormat;
        }
        else if (number > SizeClass.Last)
        {
            answer = "CLIENT_ERROR Illegal slab id\r\n"u8;
        }
        else if (number == SizeClass.OfAll)
        {
            return ItemWalk.Begin(size, new CacheDump(most == 0 ? uint.MaxValue : most), context);
        }

        context.Output.Write(answer);
        return null;
    }

    // ITEM <key> [<bytes> b; <Unix time of the expiry, 0 = never> s]\r\n ... END\r\n
    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
    {
        if (HasEnough)
        {
            return;
        }

        int start = Output.Length;
        Output.Write("ITEM "u8);
        Output.Write(key);
        Output.Write(" ["u8);
        Output.WriteNumber((ulong)item.Length);
        Output.Write(" b; "u8);
        Output.WriteNumber((ulong)(item.ExpiresAt / 1000));
        Output.Write(" s]\r\n"u8);
        _listed++;
        _bytes += Output.Length - start;
    }
}
