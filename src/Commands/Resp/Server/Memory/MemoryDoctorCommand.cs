using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Server.Memory;

/// <summary>MEMORY DOCTOR: what Redis says when it finds nothing; memory_pressure in INFO tells when memory gets
/// short.</summary>
internal sealed class MemoryDoctorCommand() : RespCommand(
    new CommandDescriptor("memory|doctor", 2, CommandFlags.None)
    {
        Tips = ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"],
        Group = "server",
        Since = "4.0.0",
        Summary = "Outputs memory problems report",
        Complexity = "O(1)",
    })
{
    // Redis 7 object.c, getMemoryDoctorReport.
    private const long LittleBytes = 5 << 20;

    public override void Execute(in RespCall call) =>
        call.Output.WriteVerbatim("txt"u8, call.Store.UsedBytes < LittleBytes ? Empty : Healthy, call.Version);

    private static ReadOnlySpan<byte> Empty =>
        "Hi Sam, this instance is empty or is using very little memory, my issues detector can't be used in these "u8
        + "conditions. Please, leave for your mission on Earth and fill it with some data. The new Sam and I will be "u8
        + "back to our programming as soon as I finished rebooting.\n"u8;

    private static ReadOnlySpan<byte> Healthy =>
        "Hi Sam, I can't find any memory issue in your instance. I can only account for what occurs on this base.\n"u8;
}
