using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Files stay small enough to be read in one go.</summary>
internal static class FileLength
{
    /// <summary>Most lines of a C# file.</summary>
    public const int MaxLines = 500;

    /// <summary>Most lines of the reader or the writer of a session format: one flat loop over one foreign
    /// grammar.</summary>
    public const int MaxGrammarLines = 800;

    /// <summary>Files that are too long.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        let limit = IsGrammar(file) ? MaxGrammarLines : MaxLines
        where file.Lines.Length > limit
        select $"{file.Path} has {file.Lines.Length} lines, more than {limit}";

    private static bool IsGrammar(SourceFile file) => file.IsBelow("src/Sessions")
        && (file.Name.EndsWith("Reader", StringComparison.Ordinal)
            || file.Name.EndsWith("Emitter", StringComparison.Ordinal));
}
