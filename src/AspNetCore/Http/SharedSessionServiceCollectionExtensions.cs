using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.State;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore;

/// <summary>Registers the shared session.</summary>
public static class SharedSessionServiceCollectionExtensions
{
    /// <summary>Adds the shared session; <c>app.UseSharedSession()</c> puts it into the way of requests.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Says what the other stacks are configured with.</param>
    public static IServiceCollection AddSharedSession(this IServiceCollection services, Action<SharedSessionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SharedSessionOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SharedSessionOptions>, SharedSessionOptionsValidator>());
        services.TryAddSingleton<RedisConnection>();
        services.TryAddSingleton<StoreCircuit>();
        services.TryAddSingleton<SessionStorage>();
        services.TryAddSingleton<SessionServices>();
        return services;
    }
}
