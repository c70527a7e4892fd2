using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.Options;

/// <summary>
/// Options from configuration, by hand: without reflection, and with an error for every name and value that means
/// nothing, where the framework's binder would pass over it in silence.
/// </summary>
internal static class ConfiguredOptions
{
    private delegate void Setter(SharedSessionOptions options, IConfigurationSection value);

    private static readonly Dictionary<string, Setter> Setters = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(SharedSessionOptions.Endpoint)] = (options, value) => options.Endpoint = Text(value),
        [nameof(SharedSessionOptions.Password)] = (options, value) => options.Password = Text(value),
        [nameof(SharedSessionOptions.Database)] = (options, value) => options.Database = Number(value),
        [nameof(SharedSessionOptions.OperationTimeout)] = (options, value) => options.OperationTimeout = Time(value),
        [nameof(SharedSessionOptions.StoreRetryInterval)] =
            (options, value) => options.StoreRetryInterval = Time(value),
        [nameof(SharedSessionOptions.Layout)] = (options, value) => options.Layout = ConfiguredLayout.Of(value),
        [nameof(SharedSessionOptions.Serializer)] =
            (options, value) => options.Serializer = Name<SharedSessionSerializer>(value),
        [nameof(SharedSessionOptions.Limits)] = (options, value) => options.Limits = Limits(options.Limits, value),
        [nameof(SharedSessionOptions.Locking)] =
            (options, value) => options.Locking = Name<SharedSessionLocking>(value),
        [nameof(SharedSessionOptions.LockWait)] = (options, value) => options.LockWait = Time(value),
        [nameof(SharedSessionOptions.LockRetryInterval)] = (options, value) => options.LockRetryInterval = Time(value),
        [nameof(SharedSessionOptions.LockLifetime)] = (options, value) => options.LockLifetime = Time(value),
        [nameof(SharedSessionOptions.IdleTimeout)] = (options, value) => options.IdleTimeout = Time(value),
        [nameof(SharedSessionOptions.StrictMode)] = (options, value) => options.StrictMode = Truth(value),
        [nameof(SharedSessionOptions.IdPattern)] = (options, value) => options.IdPattern = Text(value),
        [nameof(SharedSessionOptions.Cookie)] = (options, value) => Cookie(options.Cookie, value),
        [nameof(SharedSessionOptions.RegenerateIdOn)] = (options, value) =>
        {
            foreach (IConfigurationSection name in value.GetChildren())
            {
                options.RegenerateIdOn.Add(Text(name));
            }
        },
    };

    /// <summary>Sets what the section names.</summary>
    /// <exception cref="OptionsValidationException">A name or a value means nothing.</exception>
    public static void Apply(IConfiguration configuration, SharedSessionOptions options)
    {
        foreach (IConfigurationSection value in configuration.GetChildren())
        {
            (Setters.GetValueOrDefault(value.Key) ?? throw Wrong(value, "there is no such option"))(options, value);
        }
    }

    /// <summary>The text of a value.</summary>
    internal static string Text(IConfigurationSection value) => value.Value ?? throw Wrong(value, "a text is missing");

    /// <summary>A whole number.</summary>
    internal static int Number(IConfigurationSection value) =>
        int.TryParse(value.Value, CultureInfo.InvariantCulture, out int number)
            ? number : throw Wrong(value, "is no whole number");

    /// <summary>The failure of a value.</summary>
    internal static OptionsValidationException Wrong(IConfigurationSection value, string problem) => new(
        nameof(SharedSessionOptions), typeof(SharedSessionOptions), [$"{value.Path}: {problem}."]);

    private static bool Truth(IConfigurationSection value) =>
        bool.TryParse(value.Value, out bool truth) ? truth : throw Wrong(value, "is neither true nor false");

    private static TimeSpan Time(IConfigurationSection value) =>
        TimeSpan.TryParse(value.Value, CultureInfo.InvariantCulture, out TimeSpan time) && value.Value!.Contains(':')
            ? time
            : throw Wrong(value, "is no time such as 00:00:05");

    private static T Name<T>(IConfigurationSection value)
        where T : struct, Enum => Enum.TryParse<T>(value.Value, ignoreCase: true, out T name) && Enum.IsDefined(name)
            ? name
            : throw Wrong(value, $"is none of {string.Join(", ", Enum.GetNames<T>())}");

    private static SessionLimits Limits(SessionLimits limits, IConfigurationSection section)
    {
        foreach (IConfigurationSection value in section.GetChildren())
        {
            limits = value.Key.ToUpperInvariant() switch
            {
                "MAXBYTES" => limits with { MaxBytes = Number(value) },
                "MAXDEPTH" => limits with { MaxDepth = Number(value) },
                "MAXNODES" => limits with { MaxNodes = Number(value) },
                "MAXNAMEBYTES" => limits with { MaxNameBytes = Number(value) },
                "MAXEXPANDEDBYTES" => limits with { MaxExpandedBytes = Number(value) },
                "MAXEXPANSIONRATIO" => limits with { MaxExpansionRatio = Number(value) },
                _ => throw Wrong(value, "there is no such limit"),
            };
        }

        return limits;
    }

    private static void Cookie(CookieBuilder cookie, IConfigurationSection section)
    {
        foreach (IConfigurationSection value in section.GetChildren())
        {
            switch (value.Key.ToUpperInvariant())
            {
                case "NAME":
                    cookie.Name = Text(value);
                    break;
                case "PATH":
                    cookie.Path = Text(value);
                    break;
                case "DOMAIN":
                    cookie.Domain = Text(value);
                    break;
                case "HTTPONLY":
                    cookie.HttpOnly = Truth(value);
                    break;
                case "ISESSENTIAL":
                    cookie.IsEssential = Truth(value);
                    break;
                case "SAMESITE":
                    cookie.SameSite = Name<SameSiteMode>(value);
                    break;
                case "SECUREPOLICY":
                    cookie.SecurePolicy = Name<CookieSecurePolicy>(value);
                    break;
                case "MAXAGE":
                    cookie.MaxAge = Time(value);
                    break;
                default:
                    throw Wrong(value, "there is no such setting of the cookie");
            }
        }
    }
}
