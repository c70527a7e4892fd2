namespace SessionGateway.HouseTests.Checks;

/// <summary>
/// Folders side by side do not see each other in circles. A folder may see those that it stands in and those inside of
/// it: what stands in a folder itself is the ground or the face of what lies below.
/// </summary>
internal static class FolderCircles
{
    /// <summary>Uses that close a circle of folders.</summary>
    /// <param name="uses">A type, the other type that it uses.</param>
    /// <param name="folderOf">Folder of a type below its room, with slashes; null for one that is in no file.</param>
    public static IEnumerable<string> Violations(
        IEnumerable<(string From, string To)> uses, Func<string, string?> folderOf)
    {
        var arrows = new Dictionary<(string Parent, string From, string To), SortedSet<string>>();
        foreach ((string from, string to) in uses)
        {
            if (folderOf(from) is { } a && folderOf(to) is { } b && Part(a, b) is { } arrow)
            {
                arrows.TryAdd(arrow, []);
                arrows[arrow].Add($"{from} uses {to}");
            }
        }

        foreach (((string parent, string from, string to), SortedSet<string> why) in arrows.OrderBy(a => a.Key))
        {
            if (Reaches(arrows.Keys, parent, to, from, []))
            {
                yield return $"{Path(parent, from)} sees {Path(parent, to)}, which comes back to it: "
                    + string.Join(", ", why.Take(3));
            }
        }
    }

    // Where two folders part: their first ancestors that are not the same, side by side.
    private static (string Parent, string From, string To)? Part(string from, string to)
    {
        string[] a = from.Split('/', StringSplitOptions.RemoveEmptyEntries);
        string[] b = to.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int same = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return same < a.Length && same < b.Length ? (string.Join('/', a[..same]), a[same], b[same]) : null;
    }

    private static bool Reaches(
        IEnumerable<(string Parent, string From, string To)> arrows, string parent, string from, string to,
        HashSet<string> seen) =>
        from == to || (seen.Add(from) && arrows.Any(
            arrow => arrow.Parent == parent && arrow.From == from && Reaches(arrows, parent, arrow.To, to, seen)));

    private static string Path(string parent, string folder) => parent.Length == 0 ? folder : $"{parent}/{folder}";
}
