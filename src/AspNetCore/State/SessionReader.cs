using SessionGateway.AspNetCore.Diagnostics;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.Payload;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.State;

/// <summary>Locks and reads sessions.</summary>
internal static class SessionReader
{
    /// <summary>Fills a session from the store. Gives false when what is there cannot be read.</summary>
    /// <exception cref="SharedSessionException">The lock stayed another's.</exception>
    public static async Task<bool> ReadAsync(
        OpenSession session, string id, SharedSessionLocking locking, SessionServices services,
        CancellationToken cancellation)
    {
        if (locking == SharedSessionLocking.Exclusive && services.Layout is { LockKey: not null, IsReadOnly: false })
        {
            using SessionMeasurement wait = services.Metrics.LockWait();
            session.Lock = await services.Storage.LockAsync(id, cancellation);
            wait.EndsWith(session.Lock is null ? "timeout" : "taken");
            if (session.Lock is null)
            {
                SessionLog.LockTimeout(services.Logger, SessionIdRule.ForLog(id), services.Options.LockWait);
                throw new SharedSessionException(SharedSessionFailure.LockTimeout,
                    "Another request holds the lock of the session.");
            }
        }

        if (await services.Storage.ReadAsync(id, cancellation) is not { } bytes)
        {
            // A new session; strict mode decides whether under the id that the browser brought.
            session.Id = services.Options.StrictMode ? null : id;
            await services.Siblings.LookForAsync(id, cancellation);
            return true;
        }

        if (services.Codec.Read(bytes, out ReadProblem problem) is not { } payload)
        {
            if (problem.IsLimit)
            {
                SessionLog.OverLimit(services.Logger, SessionIdRule.ForLog(id), problem.Reason);
            }
            else
            {
                SessionLog.Undecodable(services.Logger, SessionIdRule.ForLog(id), problem.Reason);
            }

            return false;
        }

        // Tomcat has ended it already.
        if (payload.Tree.Metadata is MsmSession { IsValid: false })
        {
            return true;
        }

        if (!services.Codec.IsConfigured(payload))
        {
            SessionLog.OtherFormat(services.Logger, SessionIdRule.ForLog(id), payload.Format.Name,
                services.Codec.ConfiguredName);
        }

        (session.Payload, session.Stored, session.Id) = (payload, new StoredSession(id, bytes), id);
        return true;
    }
}
