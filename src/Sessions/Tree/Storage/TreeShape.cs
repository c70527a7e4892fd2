namespace SessionGateway.Sessions.Tree.Storage;

internal static class TreeShape
{
    /// <summary>Whether the children have the keys 0 to n-1 in order.</summary>
    public static bool IsList(SessionTree tree, int holder)
    {
        if (tree.Nodes[holder].Count == 0)
        {
            return tree.Nodes[holder].Hint is not (SessionHint.Dictionary or SessionHint.HashMap or SessionHint.TreeMap
                or SessionHint.ConcurrentHashMap or SessionHint.Hashtable or SessionHint.ImmutableMap);
        }

        long expected = 0;
        for (int child = tree.Nodes[holder].First; child != 0; child = tree.Nodes[child].Next)
        {
            ref readonly Node node = ref tree.Nodes[child];
            if (node.KeyKind != KeyKind.Integer || node.Key != expected++)
            {
                return false;
            }
        }

        return tree.Nodes[holder].Hint != SessionHint.Dictionary;
    }

    /// <summary>
    /// Whether PHP would turn this string key of an array into an integer: canonical decimal in the range of int64
    /// ("7" but not "07", "-0", "1.5").
    /// </summary>
    public static bool IsIntegerKey(ReadOnlySpan<byte> key, out long number)
    {
        number = 0;
        if (key.Length is 0 or > 20 || key[0] > '9' || (key[0] < '0' && key[0] != '-'))
        {
            return false;
        }

        bool negative = key[0] == '-';
        ReadOnlySpan<byte> digits = negative ? key[1..] : key;
        if (digits.Length is 0 or > 19 || (digits[0] == '0' && (digits.Length > 1 || negative)))
        {
            return false;
        }

        ulong magnitude = 0;
        foreach (byte digit in digits)
        {
            if ((uint)(digit - '0') > 9)
            {
                return false;
            }

            magnitude = magnitude * 10 + (uint)(digit - '0');
        }

        // PHP leaves the text of int64's minimum a string key.
        if (magnitude > long.MaxValue)
        {
            return false;
        }

        number = negative ? -(long)magnitude : (long)magnitude;
        return true;
    }
}
