using System.Text.RegularExpressions;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>
/// Unmanaged memory is freed by whoever owns it and never by a collection: the runtime may finalize an owner after the
/// last use of its reference, while a span or pointer into its memory is still read.
/// </summary>
internal static partial class NativeOwners
{
    /// <summary>Finalizers that do more than report, and buffers that are made where nobody disposes them.</summary>
    public static IEnumerable<string> Violations(SourceFile file)
    {
        foreach (Match finalizer in Finalizer().Matches(file.Text))
        {
            if (!finalizer.Groups["body"].Value.StartsWith("=> Lost", StringComparison.Ordinal))
            {
                yield return $"{file.Path}: {finalizer.Groups["name"].Value}'s finalizer does more than report a lost "
                    + $"owner";
            }
        }

        foreach (string line in file.Lines.Where(line => Making().IsMatch(line) && !Owned().IsMatch(line)))
        {
            yield return $"{file.Path}: neither using nor a field: {line.Trim()}";
        }

        if (IsTest().IsMatch(file.Text) && !file.Text.Contains(": OwningTests", StringComparison.Ordinal))
        {
            foreach (string line in file.Lines.Where(line => MakingForTests().IsMatch(line) && !Using().IsMatch(line)))
            {
                yield return $"{file.Path}: neither using nor in OwningTests: {line.Trim()}";
            }
        }
    }

    [GeneratedRegex(@"^\s+~(?<name>\w+)\(\)\s*(?<body>.*)$", RegexOptions.Multiline)]
    private static partial Regex Finalizer();

    [GeneratedRegex(@"\bnew OutputBuffer\(|\bOutputBuffer \w+ = new\(")]
    private static partial Regex Making();

    [GeneratedRegex(@"^\s+\[(Fact|Theory)", RegexOptions.Multiline)]
    private static partial Regex IsTest();

    // What tests make of a store or a conversation; a collection that meets a lost one ends the run with asserts.
    [GeneratedRegex(@"\bnew (CommandHost|RespPeer)\(|\b(CommandHost|RespPeer) \w+ = new\(")]
    private static partial Regex MakingForTests();

    [GeneratedRegex(@"^\s*using ")]
    private static partial Regex Using();

    // using var b = new…; private readonly OutputBuffer _b = new(…); _b = new OutputBuffer(…)
    [GeneratedRegex(@"^\s*using |\b_\w+ = new\b")]
    private static partial Regex Owned();
}
