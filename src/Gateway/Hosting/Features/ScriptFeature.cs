using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Lua: how long others wait for a script, and what scripts say to the log.</summary>
internal sealed class ScriptFeature : IGatewayFeature
{
    private ScriptLines _lines = null!;

    /// <inheritdoc/>
    public string Name => "Scripts";

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _lines = new ScriptLines(new ScriptLog(context.Log));
        context.Services.Resp.ScriptLog = _lines;
        context.Services.Claims.BusyMilliseconds = (long)context.Options.BusyReplyThreshold.TotalMilliseconds;
    }

    /// <inheritdoc/>
    public void Look(long now) => _lines.Look();

    /// <inheritdoc/>
    public void Stop() => _lines.Look();
}
