using SessionGateway.Durability.Format;
using SessionGateway.Durability.Reading;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Gateway.Persistence;

/// <summary><c>gateway repair DIR</c>: gives up what follows the first damaged record of a log, so that the gateway
/// starts with what lies before.</summary>
internal static class RepairProgram
{
    /// <summary>The first argument by which the gateway is this program.</summary>
    public const string Name = "repair";

    private const string KeyOption = "--data-key-file";

    /// <summary>Runs it.</summary>
    /// <param name="args">The arguments after <see cref="Name"/>.</param>
    /// <returns>0, or 1 after one line on stderr.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        bool hasKeys = args is [_, KeyOption, _];
        if (args.IsEmpty || args[0].StartsWith('-') || (args.Length != 1 && !hasKeys))
        {
            StandardStream.Error($"gateway repair: what is needed: the data directory [{KeyOption} PATH]\n");
            return 1;
        }

        try
        {
            RequireLog(args[0]);
            var keys = KeySource.Open(
                hasKeys ? args[2] : "", Environment.GetEnvironmentVariable(EnvironmentSource.DataKey), log: null);
            using var storage = DiskStorage.OpenDirectory(args[0]);
            var recovery = new LogRecovery(storage, new Nobody(), Guid.Empty) { IsRepair = true, Keys = keys.Keys };
            recovery.Run();
            RecoveryReport report = recovery.Report;
            StandardStream.Out($"{report.Records} changes of items kept, "
                + (report.CutFile is null ? "nothing cut" : $"{report.CutFile}: {report.CutText}")
                + $", {report.Orphans} segments set aside\n");
            return 0;
        }
        catch (Exception e) when (e is StartupException or LogException or IOException
            or UnauthorizedAccessException)
        {
            StandardStream.Error($"gateway repair: {e.Message}\n");
            return 1;
        }
    }

    // A path that was mistyped is no log that is whole.
    private static void RequireLog(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new StartupException($"{directory}: there is no such directory");
        }

        if (!Directory.EnumerateFiles(directory).Any(file => SegmentName.SequenceOf(Path.GetFileName(file)) > 0))
        {
            throw new StartupException($"{directory} holds no log: no {SegmentName.Of(1)} or later one");
        }
    }

    private sealed class Nobody : IMutationSink
    {
        public ApplyStatus Apply(in Mutation mutation) => ApplyStatus.Applied;
    }
}
