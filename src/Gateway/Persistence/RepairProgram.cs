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

    /// <summary>Runs it.</summary>
    /// <param name="args">The arguments after <see cref="Name"/>.</param>
    /// <returns>0, or 1 after one line on stderr.</returns>
    public static int Run(ReadOnlySpan<string> args)
    {
        if (args.Length != 1 || args[0].StartsWith('-'))
        {
            StandardStream.Error("gateway repair: one argument is needed: the data directory\n");
            return 1;
        }

        try
        {
            using var storage = DiskStorage.OpenDirectory(args[0]);
            var recovery = new LogRecovery(storage, new Nobody(), Guid.Empty) { IsRepair = true };
            recovery.Run();
            RecoveryReport report = recovery.Report;
            StandardStream.Out($"{report.Records} records kept, {report.CutBytes} bytes cut"
                + (report.CutFile is null ? "" : $" of {report.CutFile}") + $", {report.Orphans} segments set aside\n");
            return 0;
        }
        catch (Exception e) when (e is StartupException or LogException or IOException)
        {
            StandardStream.Error($"gateway repair: {e.Message}\n");
            return 1;
        }
    }

    private sealed class Nobody : IMutationSink
    {
        public ApplyStatus Apply(in Mutation mutation) => ApplyStatus.Applied;
    }
}
