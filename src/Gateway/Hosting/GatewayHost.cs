using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SessionGateway.Gateway.Logging;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.WarmUp;

namespace SessionGateway.Gateway.Hosting;

/// <summary>Builds the host: signals, logging, the server as its one service.</summary>
internal static class GatewayHost
{
    // What the loops get after the drain time for closing what is left, before the host gives up on them.
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(5);

    /// <summary>Builds it. Nothing is opened yet.</summary>
    public static IHost Build(GatewayOptions options, SignalWatch signals, HotPath hotPath)
    {
        // The defaults (content root, file watchers, user secrets, four log providers) cost start time and memory; the
        // options have been read already.
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(options.LogLevel);
        // The host would log a failed start with its stack; Program says it in one line.
        builder.Logging.AddFilter("Microsoft", LogLevel.None);
        builder.Services.AddSingleton<ILoggerProvider>(_ => new LineLoggerProvider(TimeProvider.System));
        builder.Services.Configure<ConsoleLifetimeOptions>(o => o.SuppressStatusMessages = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = options.DrainTimeout + CloseTime);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(signals);
        builder.Services.AddSingleton(hotPath);
        builder.Services.AddHostedService<GatewayService>();
        return builder.Build();
    }
}
