namespace SessionGateway.Commands;

/// <summary>
/// The checks that every command of every protocol passes before it is executed. What a protocol checks besides is the
/// form of its own requests.
/// </summary>
internal static class Gate
{
    /// <summary>Whether a client may have a command executed.</summary>
    public static Refusal Check(CommandServices services, ClientConnection client, CommandTraits traits) =>
        !client.IsAuthenticated && (traits & CommandTraits.BeforeLogin) == 0 ? Refusal.LoginNeeded
        : services.Loading is not null && (traits & CommandTraits.WhileLoading) == 0 ? Refusal.Loading
        : Refusal.None;

    /// <summary>Whether a command is refused because it writes, and nothing that is written now is safe.</summary>
    public static bool Refuses(CommandServices services, CommandTraits traits) =>
        (traits & CommandTraits.Writes) != 0 && services.Persistence is { RefusesWrites: true };
}
