using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Code that the compiler does not check stands in few places.</summary>
internal static partial class UnsafeCode
{
    private static readonly string[] Allowed =
        ["src/Protocols/Buffers", "src/Store/Segments", "src/Gateway/Transport/Epoll", "src/Scripting/Native"];

    /// <summary>Unsafe code elsewhere.</summary>
    public static IEnumerable<string> Violations(IEnumerable<SourceFile> files) =>
        from file in files
        where !Allowed.Any(file.IsBelow)
        from line in file.Lines
        let code = line.TrimStart()
        where !code.StartsWith("//", StringComparison.Ordinal) && Unsafe().IsMatch(code)
        select $"{file.Path}: {code}";

    [GeneratedRegex(
        @"(^|[ (])unsafe[ ({]|\b(Unsafe|MemoryMarshal)\.(Add|As|AsRef|ReadUnaligned|WriteUnaligned|GetReference)\b")]
    private static partial Regex Unsafe();
}
