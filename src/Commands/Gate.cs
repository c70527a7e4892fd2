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
        : services.IsFenced && (traits & CommandTraits.WhileFenced) == 0 && !client.IsPrimary ? Refusal.Fenced
        : Refusal.None;

    /// <summary>Whether a command is refused because it writes: nothing that is written now is safe, or it is the
    /// primary that writes.</summary>
    public static Refusal OfWrite(CommandServices services, ClientConnection client, CommandTraits traits) =>
        (traits & CommandTraits.Writes) == 0 ? Refusal.None
        : services.Persistence is { RefusesWrites: true } && !client.IsPrimary ? Refusal.DiskFailed
        : services.Replication is { RefusesWrites: true } && !client.IsPrimary ? Refusal.NoBackup
        : services.Replication is { IsReplica: true } && !client.IsPrimary ? Refusal.ReadOnly
        : Refusal.None;
}
