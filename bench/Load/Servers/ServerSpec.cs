using SessionGateway.Bench.Load.Machine;

namespace SessionGateway.Bench.Load.Servers;

/// <summary>How to start one of the servers side by side.</summary>
/// <param name="Name">Name in tables and for <c>--only</c>.</param>
/// <param name="Families">The protocols it speaks.</param>
/// <param name="File">The program.</param>
/// <param name="Arguments">
/// Its arguments; <c>{port}</c> stands for the port of the first family, <c>{resp}</c> for the second port of a server
/// with both, <c>{dir}</c> for the directory of its files.
/// </param>
/// <param name="VersionArguments">Arguments that make it print its version.</param>
internal sealed record ServerSpec(
    string Name, Family Families, string File, IReadOnlyList<string> Arguments, IReadOnlyList<string> VersionArguments)
{
    public bool Speaks(Family family) => (Families & family) != 0;

    /// <summary>First line of what the program says about its version.</summary>
    public string Version() =>
        MachineReport.FirstLineOf(File, VersionArguments) ?? (IsInstalled() ? "version unknown" : "not installed");

    public string CommandLine() =>
        $"{File} {string.Join(' ', Arguments.Select(argument => argument.Length == 0 ? "''" : argument))}";

    /// <summary>It keeps files and nobody has said where yet: every start gets a new directory.</summary>
    public bool NeedsDirectory => Arguments.Contains("{dir}");

    /// <summary>The same server with its files in a directory.</summary>
    public ServerSpec In(DataDirectory directory) => this with
    {
        Arguments = [.. Arguments.Select(a => a.Replace("{dir}", directory.Path, StringComparison.Ordinal))],
    };

    public string[] ArgumentsFor(int port, int respPort) =>
        [.. Arguments.Select(argument => argument.Replace("{port}", $"{port}", StringComparison.Ordinal)
            .Replace("{resp}", $"{respPort}", StringComparison.Ordinal))];

    /// <summary>Ends the run, before anything is measured, when the program is missing.</summary>
    public void EnsureInstalled()
    {
        if (!IsInstalled())
            throw new LoadException($"{Name}: there is no program {File}; install it or leave it out with --only");
    }

    public bool IsInstalled() => IsInstalled(File);

    /// <summary>True when there is such a program, by its path or on the path.</summary>
    public static bool IsInstalled(string program) =>
        program.Contains('/', StringComparison.Ordinal)
            ? System.IO.File.Exists(program)
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
                .Any(directory => System.IO.File.Exists(Path.Combine(directory, program)));
}
