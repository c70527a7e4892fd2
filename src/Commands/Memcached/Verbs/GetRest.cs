using SessionGateway.Protocols.Memcached;
using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached.Verbs;

/// <summary>A text get that stopped between two keys.</summary>
/// <param name="verb">get, gets, gat or gats.</param>
/// <param name="exptime">Of gat and gats.</param>
/// <param name="size">Bytes of the whole request.</param>
/// <param name="from">Bytes from its start to the next key.</param>
/// <param name="end">Bytes from its start to the end of the last key.</param>
internal sealed class GetRest(GetCommand verb, long exptime, int size, int from, int end) : TextRest(size)
{
    private int _from = from;

    /// <summary>
    /// True when keys that are still to come hold one that is refused: then the whole request is, so this must be known
    /// before the first part of its answer is sent. Looks at one byte of 250.
    /// </summary>
    public static bool HasTooLongKey(ReadOnlySpan<byte> keys)
    {
        while (keys.Length > MemcachedLimits.KeyBytes)
        {
            int blank = keys[..(MemcachedLimits.KeyBytes + 1)].LastIndexOf((byte)' ');
            if (blank < 0)
            {
                return true;
            }

            keys = keys[(blank + 1)..];
        }

        return false;
    }

    /// <inheritdoc/>
    public override bool GoOn(ReadOnlySpan<byte> input, CommandContext context)
    {
        var keys = new TextTokens(input[_from..end]);
        KeysStatus status = verb.Walk(ref keys, exptime, context);
        _from = end - keys.Rest.Length;
        return status != KeysStatus.Paused;
    }
}
