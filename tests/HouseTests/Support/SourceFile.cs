namespace SessionGateway.HouseTests.Support;

/// <summary>A file of the working copy.</summary>
/// <param name="Path">Relative to the root, with slashes.</param>
/// <param name="Text">What is in it.</param>
internal sealed record SourceFile(string Path, string Text)
{
    /// <summary>The lines.</summary>
    public string[] Lines => Text.Split('\n');

    /// <summary>Name without folder and extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>True when it lies somewhere below a folder.</summary>
    public bool IsBelow(string folder) => Path.StartsWith(folder + "/", StringComparison.Ordinal);
}
