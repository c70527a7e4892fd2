using System.Globalization;
using System.Text;
using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Memcached.Text;
using SessionGateway.Store;

namespace SessionGateway.Commands.Memcached;

/// <summary>
/// <c>stats cachedump &lt;slab class&gt; &lt;limit&gt;</c>, with which libmemcached's memcdump lists keys. All items are in class 1; as in
/// memcached the answer ends after 2 MB.
/// </summary>
internal static class CacheDump
{
    private const int MaxClass = 63;
    private const int MaxBytes = 2 << 20;
    private const int ItemsPerStep = 100;

    // ITEM <key> [<bytes> b; <Unix time of the expiry, 0 = never> s]\r\n ... END\r\n
    public static void Write(TextTokens words, CommandContext context)
    {
        ReadOnlySpan<byte> slab = words.Next();
        ReadOnlySpan<byte> limit = words.Next();
        OutputBuffer output = context.Output;
        if (limit.IsEmpty)
        {
            output.Write("CLIENT_ERROR bad command line\r\n"u8);
            return;
        }

        if (!TextNumbers.TryUInt32(slab, out uint number) || !TextNumbers.TryUInt32(limit, out uint most))
        {
            output.Write(TextErrors.BadFormat);
            return;
        }

        if (number > MaxClass)
        {
            output.Write("CLIENT_ERROR Illegal slab id\r\n"u8);
            return;
        }

        if (number == 1)
        {
            var items = new Items(output, most == 0 ? uint.MaxValue : most);
            ulong cursor = 0;
            do
            {
                cursor = context.Store.Scan(0, cursor, ItemsPerStep, context.Now, items);
            }
            while (cursor != 0 && !items.IsFull);
        }

        output.Write("END\r\n"u8);
    }

    private sealed class Items(OutputBuffer output, uint most) : CountingVisitor
    {
        private readonly int _start = output.Length;

        public bool IsFull => Seen >= most || output.Length - _start > MaxBytes;

        protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item)
        {
            if (Seen > most)
            {
                return;
            }

            output.Write("ITEM "u8);
            output.Write(key);
            output.Write(Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture, $" [{item.Value.Length} b; {item.ExpiresAt / 1000} s]\r\n")));
        }
    }
}
