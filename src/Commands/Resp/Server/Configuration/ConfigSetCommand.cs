using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG SET parameter value [parameter value ...]: all or none. What is fixed at the start may be set to
/// what it is.</summary>
internal sealed class ConfigSetCommand() : RespCommand(
    new CommandDescriptor(
        "config|set", -4,
        CommandFlags.Admin | CommandFlags.NoScript | CommandFlags.Loading | CommandFlags.Stale)
    {
        Tips = ["request_policy:all_nodes", "response_policy:all_succeeded"],
        Group = "server",
        Since = "2.0.0",
        Summary = "Set configuration parameters to the given values",
        Complexity = "O(N) when N is the number of configuration parameters provided",
    })
{
    public override void Execute(in RespCall call)
    {
        if (call.Count % 2 != 0)
        {
            call.Error(RespErrors.WrongArity(Name));
            return;
        }

        for (int i = 2; i < call.Count; i += 2)
        {
            if (RefusalOf(call, i) is { } refusal)
            {
                call.Error(refusal);
                return;
            }
        }

        for (int i = 2; i < call.Count; i += 2)
        {
            RuntimeSettings.Find(RespErrors.Preview(call[i]))?.Apply(call.Services, RespErrors.Preview(call[i + 1]));
        }

        call.Output.WriteOk();
    }

    private static string? RefusalOf(in RespCall call, int index)
    {
        string name = RespErrors.Preview(call[index]);
        string value = RespErrors.Preview(call[index + 1]);
        string failed = $"ERR CONFIG SET failed (possibly related to argument '{name}') - ";
        if (RuntimeSettings.Find(name) is { } setting)
        {
            for (int i = 2; i < index; i += 2)
            {
                if (setting == RuntimeSettings.Find(RespErrors.Preview(call[i])))
                {
                    return $"{failed}duplicate parameter";
                }
            }

            return setting.Refusal(value) is { } refusal ? failed + refusal : null;
        }

        return ConfigValues.Check(call, name, value) switch
        {
            ConfigOutcome.Unknown => $"ERR Unknown option or number of arguments for CONFIG SET - '{name}'",
            ConfigOutcome.Immutable => $"{failed}can't set immutable config",
            _ => null,
        };
    }
}
