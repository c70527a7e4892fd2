using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HouseTests.Support;

/// <summary>The text files of the working copy, without what builds and tools make.</summary>
internal static class SourceTree
{
    private static readonly string[] Made =
        ["bin", "obj", "artifacts", "TestResults", "node_modules", "__pycache__", "vendor"];

    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yml", ".xml", ".sh", ".php", ".py", ".js", ".java",
            ".ini"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SourceFile> All { get; } = [.. Below(Repository.Root)];

    /// <summary>The C# files of our own code: the product, its tests, its benchmarks.</summary>
    public static IEnumerable<SourceFile> CSharp => All.Where(f => f.Path.EndsWith(".cs", StringComparison.Ordinal));

    /// <summary>The project files.</summary>
    public static IEnumerable<SourceFile> Projects =>
        All.Where(f => f.Path.EndsWith(".csproj", StringComparison.Ordinal));

    private static IEnumerable<SourceFile> Below(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder).Where(f => TextEndings.Contains(Path.GetExtension(f))))
        {
            yield return new SourceFile(Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'),
                File.ReadAllText(file));
        }

        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            string name = Path.GetFileName(inner);
            if (!name.StartsWith('.') && !Made.Contains(name))
            {
                foreach (SourceFile file in Below(inner))
                {
                    yield return file;
                }
            }
        }
    }
}
