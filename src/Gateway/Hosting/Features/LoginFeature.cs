using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Hosting.Features;

/// <summary>Tells the log of failed logins, and of connections that were closed before theirs.</summary>
internal sealed class LoginFeature : IGatewayFeature
{
    private LoginWatch? _logins;
    private StrangerAccount _strangers = null!;
    private LoginLog _log = null!;

    /// <inheritdoc/>
    public string Name => "Logins";

    /// <inheritdoc/>
    public void Start(FeatureContext context)
    {
        _log = new LoginLog(context.Log);
        _logins = context.Services.Logins as LoginWatch;
        _strangers = context.Loops[0].Settings.Strangers;
    }

    /// <inheritdoc/>
    public void Look(long now)
    {
        _logins?.Look(now);
        _strangers.Look(now, _log);
    }
}
