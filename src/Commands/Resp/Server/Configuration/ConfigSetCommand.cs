using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Configuration;

/// <summary>CONFIG SET parameter value [parameter value ...]: OK for the values that there are already.</summary>
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
            string name = RespErrors.Preview(call[i]);
            switch (ConfigValues.Check(call, name, RespErrors.Preview(call[i + 1])))
            {
                case ConfigOutcome.Unknown:
                    call.Error($"ERR Unknown option or number of arguments for CONFIG SET - '{name}'");
                    return;
                case ConfigOutcome.Immutable:
                    call.Error($"ERR CONFIG SET failed (possibly related to argument '{name}') "
                        + "- can't set immutable config");
                    return;
            }
        }

        call.Output.WriteOk();
    }
}
