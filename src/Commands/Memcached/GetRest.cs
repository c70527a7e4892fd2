using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>A text get that stopped between two keys; its bytes are still at hand.</summary>
/// <param name="Verb">get, gets, gat or gats.</param>
/// <param name="Exptime">Of gat and gats.</param>
/// <param name="Size">Bytes of the whole request.</param>
/// <param name="From">Bytes from its start to the next key.</param>
/// <param name="End">Bytes from its start to the end of the last key.</param>
internal sealed record GetRest(TextVerb Verb, long Exptime, int Size, int From, int End)
{
    /// <summary>
    /// True when keys that are still to come hold one that is refused: then the whole request is, so this must be known before
    /// the first part of its answer is sent. Looks at one byte of 250.
    /// </summary>
    public static bool HasTooLongKey(ReadOnlySpan<byte> keys)
    {
        while (keys.Length > TextRequestReader.MaxKeyBytes)
        {
            int blank = keys[..(TextRequestReader.MaxKeyBytes + 1)].LastIndexOf((byte)' ');
            if (blank < 0)
            {
                return true;
            }

            keys = keys[(blank + 1)..];
        }

        return false;
    }
}
