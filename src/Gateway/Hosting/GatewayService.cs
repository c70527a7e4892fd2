using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.WarmUp;

namespace SessionGateway.Gateway.Hosting;

/// <summary>Ties the server to the life of the host: starts it, says so, drains it.</summary>
internal sealed class GatewayService(
    GatewayOptions options, SignalWatch signals, HotPath hotPath, ILoggerFactory loggers,
    IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    private readonly HostingLog _log = new(loggers.CreateLogger("SessionGateway.Hosting"));

    // Says nothing when NOTIFY_SOCKET is not set.
    private readonly SystemdNotifier _notifier = new();
    private ServerRuntime? _runtime;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        string fate = options.Persist == PersistKind.Log ? "are kept in the log" : "end with the process";
        signals.OnIgnored = name => _log.SignalIgnored(name, fate);
        hotPath.Wait();
        _runtime = ServerRuntime.Start(
            options, TimeProvider.System, loggers, lifetime.StopApplication, loading: cancellationToken,
            listening: listeners => StandardStream.Out(Banner.Text(options, listeners)));
        StandardStream.Out(Banner.Ready);
        _notifier.Notify(ServiceState.Ready);
        if (options.Auth.Count == 0 && options.Listen.FirstOrDefault(address => !address.IsLocal) is { } open)
        {
            _log.ListensToEverybody(open.Place);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_runtime is null)
        {
            return;
        }

        _notifier.Notify(ServiceState.Stopping);
        _log.Draining(options.DrainTimeout.TotalSeconds);
        await _runtime.DrainAsync(options.DrainTimeout).ConfigureAwait(false);
        _log.Stopped();
    }

    /// <inheritdoc/>
    public void Dispose() => _runtime?.Dispose();
}
