using System.IO.Hashing;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.Transfer.Sources;
using SessionGateway.Gateway.Transfer.Target;
using SessionGateway.Protocols.Rdb;

namespace SessionGateway.Gateway.Transfer;

/// <summary><c>gateway export</c>.</summary>
internal static class ExportCommand
{
    /// <summary>Writes everything, first beside the file and then in its place.</summary>
    /// <returns>False when something was left out.</returns>
    /// <exception cref="SessionToolException">It could not be gone on with; a file that was there stays.</exception>
    public static bool Run(ToolArguments arguments)
    {
        string file = arguments.Operand;
        int version = arguments.Value(TransferVerbs.Version) switch
        {
            "9" => RdbVersion.Redis5,
            null or "10" => RdbVersion.Redis70,
            "12" => RdbVersion.Redis74,
            string other => throw new SessionToolException($"--rdb-version: '{other}' is none of 9, 10, 12"),
        };
        using var report = new TransferReport(
            arguments.Value(TransferVerbs.Report), "exported", TimeProvider.System);
        using RespPipeline pipeline = Endpoints.ConnectResp(arguments);
        string temporary = file + ".part";
        try
        {
            using (var target = new FileTarget(temporary, version, report))
            {
                // A walk over the keys may name one twice, which Redis does not load.
                var seen = new HashSet<UInt128>();
                new RedisSource(pipeline, null, report)
                {
                    IsNew = (database, key) => seen.Add(XxHash128.HashToUInt128(key, database)),
                }.Run(target);
                target.Finish();
            }

            File.Move(temporary, file, overwrite: true);
        }
        catch (DirectoryNotFoundException)
        {
            throw new SessionToolException($"cannot write '{file}': there is no such folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException
            or NotSupportedException)
        {
            throw new SessionToolException($"cannot write '{file}': {e.Message}");
        }

        return report.Finish();
    }
}
