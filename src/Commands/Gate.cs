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
}
