using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Lines fit side by side on a screen.</summary>
internal static class LineLength
{
    /// <summary>Most columns of a line of C#.</summary>
    public const int MaxColumns = 120;

    /// <summary>Files that a program writes or that hold what was recorded, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> Outside = new Dictionary<string, string>();

    /// <summary>Lines that are too long, and exceptions that nobody needs.</summary>
    public static IEnumerable<string> Violations(
        IReadOnlyCollection<SourceFile> files, IReadOnlyDictionary<string, string> outside)
    {
        IEnumerable<string> found =
            from file in files
            where !outside.ContainsKey(file.Path)
            from line in file.Lines.Select((text, index) => (Columns: text.Length, Number: index + 1))
            where line.Columns > MaxColumns
            select $"{file.Path}:{line.Number} has {line.Columns} columns, more than {MaxColumns}";
        IEnumerable<string> unneeded =
            from path in outside.Keys
            where !files.Any(f => f.Path == path && f.Lines.Any(line => line.Length > MaxColumns))
            select $"{path} need not be excepted";
        return found.Concat(unneeded);
    }
}
