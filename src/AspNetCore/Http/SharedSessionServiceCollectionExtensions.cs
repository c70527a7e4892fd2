using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore.Diagnostics;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.State;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore;

/// <summary>Registers the shared session.</summary>
public static class SharedSessionServiceCollectionExtensions
{
    /// <summary>
    /// Adds the shared session with the settings of a section of the configuration, named as the options are. A name
    /// that is no option and a value that is none fail at the start.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">The section, for example
    /// <c>builder.Configuration.GetSection("SharedSession")</c>.</param>
    /// <param name="configure">What is said in code; it comes after the section.</param>
    public static IServiceCollection AddSharedSession(
        this IServiceCollection services, IConfiguration configuration, Action<SharedSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<SharedSessionOptions>().Configure(
            options => ConfiguredOptions.Apply(configuration, options));
        return services.AddSharedSession(configure);
    }

    /// <summary>Adds the shared session; <c>app.UseSharedSession()</c> puts it into the way of requests.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says what the other stacks are configured with.</param>
    public static IServiceCollection AddSharedSession(this IServiceCollection services,
        Action<SharedSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<SharedSessionOptions> options = services.AddOptions<SharedSessionOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<SharedSessionOptions>, SharedSessionOptionsValidator>());
        services.TryAddSingleton<RedisConnection>();
        services.AddMetrics();
        services.TryAddSingleton<SharedSessionMetrics>();
        services.TryAddSingleton<StoreCircuit>();
        services.TryAddSingleton<SessionStorage>();
        services.TryAddSingleton<SessionServices>();
        return services;
    }
}
