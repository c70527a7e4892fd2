using SessionGateway.Commands.Resp.PubSub;
using SessionGateway.Commands.Resp.Scripting;
using SessionGateway.Commands.Resp.Server.Info;

namespace SessionGateway.Commands.Resp;

/// <summary>What all RESP connections of the process share.</summary>
public sealed class RespServices
{
    /// <summary>The Redis whose behaviour is kept; clients choose their commands by it.</summary>
    internal const string RedisVersionText = "7.0.15";

    /// <summary>The same as bytes.</summary>
    internal static ReadOnlySpan<byte> RedisVersion => "7.0.15"u8;

    /// <summary>Channels and who listens.</summary>
    internal PubSubHub PubSub { get; } = new();

    /// <summary>Scripts that were sent.</summary>
    internal ScriptCache Scripts { get; } = new();

    /// <summary>Counters at the last CONFIG RESETSTAT.</summary>
    internal StatsSnapshot StatsBase { get; set; } = StatsSnapshot.Zero;
}
