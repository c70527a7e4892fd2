using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore.Storage;

namespace SessionGateway.AspNetCore.State;

/// <summary>Stores what a request made of its session, and tells the browser its id.</summary>
/// <param name="context">The request.</param>
/// <param name="services">What all requests share.</param>
/// <param name="cookieId">The id that the browser has; null where it has none.</param>
internal sealed class SessionWriter(HttpContext context, SessionServices services, string? cookieId)
{
    /// <summary>Stores a session that was only to be read: renews its time, and finds changes that somebody made all
    /// the same.</summary>
    public async Task TouchAsync(OpenSession session, CancellationToken cancellation)
    {
        if (session.Stored is null ? !services.Codec.IsEmpty(session.Payload)
            : services.Codec.Differs(session.Payload, session.Stored.Bytes))
        {
            throw ReadOnlyFailure();
        }

        if (session.Stored is not null && !services.Layout.IsReadOnly)
        {
            await services.Storage.TouchAsync(session.Stored.Id, cancellation);
        }
    }

    /// <summary>Stores what changed and renews the time of what did not.</summary>
    /// <param name="session">The session.</param>
    /// <param name="release">Whether its lock may be released in the same step.</param>
    /// <param name="cancellation">Ends the waiting for the store.</param>
    public async Task StoreAsync(OpenSession session, bool release, CancellationToken cancellation)
    {
        bool isDestroyed = session.IsDestroyed;
        if (isDestroyed)
        {
            await EndAsync(session, cancellation);
        }

        // An id that only the server knows cannot have been planted.
        bool isKnownToTheBrowser = session.Id is { } id && (id == session.Stored?.Id || id == cookieId);
        if (isKnownToTheBrowser && session.HasNewIdentity)
        {
            ThrowIfCookieIsTooLate();
            session.Renew(endsOld: true);
        }

        byte[] bytes = services.Codec.Write(session.Payload);
        if (session is { Stored: { } stored, IsRenewed: false })
        {
            await UpdateAsync(session, stored, bytes, release, cancellation);
        }
        else if (session.Stored is not null || !services.Codec.IsEmpty(session.Payload))
        {
            await CreateAsync(session, bytes, release, cancellation);
        }
        else if (isDestroyed && cookieId is not null && !context.Response.HasStarted)
        {
            services.Cookie.Delete(context);
        }
    }

    /// <summary>Fails when a cookie can no longer reach the browser.</summary>
    public void ThrowIfCookieIsTooLate()
    {
        if (context.Response.HasStarted)
        {
            throw new SharedSessionException(
                SharedSessionFailure.Closed,
                "The response has started: the cookie of a new session or a new id would be lost.");
        }
    }

    /// <summary>The failure of a change where nothing may change.</summary>
    public static SharedSessionException ReadOnlyFailure() => new(
        SharedSessionFailure.ReadOnly, "The session is only read here: by the endpoint, its layout or its format.");

    /// <summary>A logout counts, whoever has the lock by now.</summary>
    private async Task EndAsync(OpenSession session, CancellationToken cancellation)
    {
        if (session.Stored is { } stored)
        {
            await services.Storage.DeleteAsync(stored.Id, cancellation);
            await session.ReleaseAsync(cancellation);
        }

        (session.Stored, session.IsDestroyed) = (null, false);
    }

    /// <summary>An existing session under its id.</summary>
    private async Task UpdateAsync(OpenSession session, StoredSession stored, byte[] bytes, bool release,
        CancellationToken cancellation)
    {
        // Other bytes may mean the same: PHP reads more than one notation of some values, and writes one.
        if (bytes.AsSpan().SequenceEqual(stored.Bytes) || !services.Codec.Differs(session.Payload, stored.Bytes))
        {
            await services.Storage.TouchAsync(stored.Id, cancellation);
            return;
        }

        await WriteAsync(session,
            new SessionWrite(stored.Id, bytes, session.Lock is null ? StoredAs.Unchanged : StoredAs.Existing)
            {
                Original = stored.Bytes,
                Lock = session.Lock,
                Release = release,
            }, cancellation);
    }

    /// <summary>A session under an id that is not in the store: a new one, or one with a new id.</summary>
    private async Task CreateAsync(OpenSession session, byte[] bytes, bool release, CancellationToken cancellation)
    {
        string id = session.Id ??= services.Ids.NewId();
        if (id != cookieId)
        {
            ThrowIfCookieIsTooLate();
        }

        await WriteAsync(session, new SessionWrite(id, bytes, StoredAs.New)
        {
            Replaced = session.EndsOld ? session.Stored?.Id : null,
            Lock = session.Lock,
            Release = release,
        }, cancellation);
        if (id != cookieId)
        {
            // After the write: an id that a browser has, the store knows.
            services.Cookie.Write(context, id);
        }
    }

    private async Task WriteAsync(OpenSession session, SessionWrite write, CancellationToken cancellation)
    {
        switch (await services.Storage.WriteAsync(write, cancellation))
        {
            case WriteResult.LockLost:
                throw new SharedSessionException(
                    SharedSessionFailure.LockLost,
                    "The lock ended before the session was stored; nothing was written.");
            case WriteResult.Unexpected when write.Expected == StoredAs.Existing:
                throw new SharedSessionException(SharedSessionFailure.Ended,
                    "The session ended meanwhile; nothing was written.");
            case WriteResult.Unexpected:
                throw new SharedSessionException(
                    SharedSessionFailure.Conflict,
                    "Another request stored the session meanwhile; nothing was written.");
            default:
                session.Lock = write.Release ? null : session.Lock;
                session.IsStoredAs(write.Id, write.Bytes);
                break;
        }
    }
}
