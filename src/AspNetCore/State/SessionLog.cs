using Microsoft.Extensions.Logging;

namespace SessionGateway.AspNetCore.State;

/// <summary>
/// What is worth a line. Sessions are named by a short hash: their ids open them, so no log may hold one, and no value
/// of theirs.
/// </summary>
internal static partial class SessionLog
{
    [LoggerMessage(8000, LogLevel.Error,
        "The session store could not be asked ({Reason}); the request goes on without its session {Session}.")]
    public static partial void StoreUnavailable(ILogger logger, string session, string reason);

    [LoggerMessage(8001, LogLevel.Error,
        "Session {Session} cannot be read and is left as it is: {Reason}. Is session.serialize_handler the same "
            + "everywhere?")]
    public static partial void Undecodable(ILogger logger, string session, string reason);

    [LoggerMessage(8002, LogLevel.Warning,
        "Session {Session} is written as {Found}, this application is configured for {Configured}.")]
    public static partial void OtherFormat(ILogger logger, string session, string found, string configured);

    [LoggerMessage(8003, LogLevel.Warning, "The lock of session {Session} stayed another's for {Wait}.")]
    public static partial void LockTimeout(ILogger logger, string session, TimeSpan wait);

    [LoggerMessage(8004, LogLevel.Error, "Session {Session} was not stored: {Failure}.")]
    public static partial void NotStored(ILogger logger, string session, SharedSessionFailure failure, Exception error);

    [LoggerMessage(8005, LogLevel.Warning,
        "The lock of session {Session} could not be released ({Reason}); it ends by itself.")]
    public static partial void NotReleased(ILogger logger, string session, string reason);

    [LoggerMessage(8006, LogLevel.Debug, "A session id that does not follow the rules was ignored.")]
    public static partial void IdRefused(ILogger logger);

    [LoggerMessage(8007, LogLevel.Information, "Session {Session} has a new id: {Renewed}.")]
    public static partial void Renewed(ILogger logger, string session, string renewed);

    [LoggerMessage(8008, LogLevel.Error,
        "Session {Session} is larger than SharedSessionOptions.Limits allow and is left as it is: {Reason}.")]
    public static partial void OverLimit(ILogger logger, string session, string reason);

    [LoggerMessage(8009, LogLevel.Warning,
        "There is no session {Session} under {DataKey}, but one under {Sibling}. Does the layout name the prefix that "
            + "the other stack has?")]
    public static partial void FoundElsewhere(ILogger logger, string session, string dataKey, string sibling);

    [LoggerMessage(8010, LogLevel.Error,
        "The session store does not answer ({Reason}). Requests go on at once without their sessions; it is asked "
            + "again every {Pause}.")]
    public static partial void StoreAway(ILogger logger, string reason, TimeSpan pause);

    [LoggerMessage(8011, LogLevel.Information, "The session store answers again after {Away}.")]
    public static partial void StoreIsBack(ILogger logger, TimeSpan away);
}
