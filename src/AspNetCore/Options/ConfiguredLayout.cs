using Microsoft.Extensions.Configuration;

namespace SessionGateway.AspNetCore.Options;

/// <summary>
/// A ready layout from configuration: its name alone (<c>"Layout": "PhpRedis"</c>), or with what it takes
/// (<c>"Layout": { "Name": "Laravel", "Version": 11, "CachePrefix": "shop_" }</c>).
/// </summary>
internal static class ConfiguredLayout
{
    private delegate SessionKeyLayout Maker(Func<string, IConfigurationSection?> setting);

    private static readonly Dictionary<string, (string[] Settings, Maker Make)> Makers = new(
        StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SessionKeyLayout.PhpRedis)] = (["Prefix"],
            setting => Of(setting, SessionKeyLayout.PhpRedis, () => SessionKeyLayout.PhpRedis())),
        [nameof(SessionKeyLayout.PhpMemcached)] =
            (["Prefix"], setting => Of(setting, SessionKeyLayout.PhpMemcached, () => SessionKeyLayout.PhpMemcached())),
        [nameof(SessionKeyLayout.PeclMemcache)] =
            (["Prefix"], setting => Of(setting, SessionKeyLayout.PeclMemcache, () => SessionKeyLayout.PeclMemcache())),
        [nameof(SessionKeyLayout.TomcatMsm)] = (["Prefix"],
            setting => Of(setting, SessionKeyLayout.TomcatMsm, () => SessionKeyLayout.TomcatMsm())),
        [nameof(SessionKeyLayout.Symfony)] = (["Prefix", "Handler"], Symfony),
        [nameof(SessionKeyLayout.Laravel)] = (["Prefix", "Version", "RedisPrefix", "CachePrefix"], Laravel),
    };

    /// <summary>The layout that a section names.</summary>
    public static SessionKeyLayout Of(IConfigurationSection section)
    {
        IConfigurationSection name = section.Value is null ? section.GetSection("Name") : section;
        if (name.Value is null || !Makers.TryGetValue(name.Value, out (string[] Settings, Maker Make) maker))
        {
            throw ConfiguredOptions.Wrong(name, $"is none of {string.Join(", ", Makers.Keys)}");
        }

        IConfigurationSection[] settings = [.. section.GetChildren().Where(setting => !Is(setting, "Name"))];
        if (settings.FirstOrDefault(setting => !maker.Settings.Any(known => Is(setting, known))) is { } unknown)
        {
            throw ConfiguredOptions.Wrong(unknown, $"{name.Value} takes {string.Join(", ", maker.Settings)}");
        }

        return maker.Make(key => settings.FirstOrDefault(setting => Is(setting, key)));
    }

    private static SessionKeyLayout Of(
        Func<string, IConfigurationSection?> setting, Func<string, SessionKeyLayout> withPrefix,
        Func<SessionKeyLayout> usual) =>
        setting("Prefix") is { } prefix ? withPrefix(ConfiguredOptions.Text(prefix)) : usual();

    private static SessionKeyLayout Symfony(Func<string, IConfigurationSection?> setting)
    {
        if (setting("Handler") is not { } handler)
        {
            return setting("Prefix") is { } prefix ? SessionKeyLayout.Symfony(ConfiguredOptions.Text(prefix))
                : SessionKeyLayout.Symfony();
        }

        return setting("Prefix") is { } both
            ? throw ConfiguredOptions.Wrong(both, "belongs to the handler")
            : SessionKeyLayout.Symfony(Of(handler));
    }

    private static SessionKeyLayout Laravel(Func<string, IConfigurationSection?> setting)
    {
        if (setting("Version") is { } version)
        {
            return setting("Prefix") is { } both
                ? throw ConfiguredOptions.Wrong(both, "is said by Version, RedisPrefix and CachePrefix")
                : SessionKeyLayout.Laravel(ConfiguredOptions.Number(version), setting("RedisPrefix")?.Value,
                    setting("CachePrefix")?.Value);
        }

        if ((setting("RedisPrefix") ?? setting("CachePrefix")) is { } part)
        {
            throw ConfiguredOptions.Wrong(part, "needs Version, which decides what stands between the two");
        }

        return setting("Prefix") is { } prefix ? SessionKeyLayout.Laravel(ConfiguredOptions.Text(prefix))
            : SessionKeyLayout.Laravel();
    }

    private static bool Is(IConfigurationSection setting, string name) =>
        setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase);
}
