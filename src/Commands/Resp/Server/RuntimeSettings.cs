using System.Globalization;

namespace SessionGateway.Commands.Resp.Server;

/// <summary>The parameters that CONFIG SET changes, one entry each.</summary>
internal static class RuntimeSettings
{
    /// <summary>All of them.</summary>
    public static RuntimeSetting[] All { get; } =
    [
        new("notify-keyspace-events",
            services => KeyEventText.Print(services.Resp.Events.Chosen),
            text => RespServices.IsEventLetters(text)
                ? null
                : "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
            (services, text) => services.Resp.Notify(text, services.Store)),
        BusyThreshold("busy-reply-threshold"),
        BusyThreshold("lua-time-limit"),
    ];

    // Two names of one number.
    private static RuntimeSetting BusyThreshold(string name) => new(
        name,
        services => services.Claims.BusyMilliseconds.ToString(CultureInfo.InvariantCulture),
        text => !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? "argument couldn't be parsed into an integer"
            : number < 0 ? "argument must be between 0 and 9223372036854775807 inclusive" : null,
        (services, text) => services.Claims.BusyMilliseconds = long.Parse(text, CultureInfo.InvariantCulture));

    /// <summary>The parameter of a name in any case, or null.</summary>
    public static RuntimeSetting? Find(string name) =>
        Array.Find(All, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
