
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
    ];

    /// <summary>The parameter of a name in any case, or null.</summary>
    public static RuntimeSetting? Find(string name) =>
        Array.Find(All, s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
