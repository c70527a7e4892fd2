using SessionGateway.Bench.Load.Options;

namespace SessionGateway.Bench.Load.Subcommands;

/// <summary>A thing this program can measure. A new one is a class here and a line in <c>Program</c>.</summary>
internal interface ISubcommand
{
    /// <summary>One line for <c>--help</c>.</summary>
    string Help { get; }

    void Run(LoadOptions options);
}
