namespace SessionGateway.Commands.Resp;

/// <summary>The letters of <c>notify-keyspace-events</c> (redis 7 notify.c).</summary>
internal static class KeyEventText
{
    // In the order in which CONFIG GET prints them. A takes the place of those before K, even of n, which is none of
    // it.
    private const string Letters = "g$lshzxetdnKEm";

    private static readonly KeyEventClasses[] Classes =
    [
        KeyEventClasses.Generic, KeyEventClasses.String, KeyEventClasses.List, KeyEventClasses.Set,
        KeyEventClasses.Hash, KeyEventClasses.SortedSet, KeyEventClasses.Expired, KeyEventClasses.Evicted,
        KeyEventClasses.Stream, KeyEventClasses.Module, KeyEventClasses.New, KeyEventClasses.Keyspace,
        KeyEventClasses.KeyEvent, KeyEventClasses.KeyMiss,
    ];

    /// <summary>Reads letters in any order; false when one is unknown.</summary>
    public static bool TryParse(string text, out KeyEventClasses classes)
    {
        classes = KeyEventClasses.None;
        foreach (char letter in text)
        {
            int place = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place < 0 && letter != 'A')
            {
                return false;
            }

            classes |= place < 0 ? KeyEventClasses.All : Classes[place];
        }

        return true;
    }

    /// <summary>The letters as CONFIG GET prints them.</summary>
    public static string Print(KeyEventClasses classes)
    {
        bool isAll = (classes & KeyEventClasses.All) == KeyEventClasses.All;
        string text = isAll ? "A" : "";
        for (int i = 0; i < Classes.Length; i++)
        {
            bool isHidden = isAll && i < Letters.IndexOf('K', StringComparison.Ordinal);
            if (classes.HasFlag(Classes[i]) && !isHidden)
            {
                text += Letters[i];
            }
        }

        return text;
    }
}
