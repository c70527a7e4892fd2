using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore.Diagnostics;
using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.Storage;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.State;

/// <summary>One request's way with a session: lock, read, change, store, release.</summary>
internal sealed class SessionTransaction
{
    private readonly HttpContext _context;
    private readonly SessionServices _services;
    private readonly SessionWriter _writer;
    private readonly string? _cookieId;

    private OpenSession _session;
    private SharedSessionLocking _locking;
    private SharedSessionException? _loadFailure;

    public SessionTransaction(HttpContext context, SessionServices services)
    {
        _context = context;
        _services = services;
        _cookieId = services.IdOf(context.Request);
        _writer = new SessionWriter(context, services, _cookieId);
        _session = new OpenSession(services);
    }

    public OpenState State { get; private set; }

    /// <summary>Why the session could not be stored; null where it could.</summary>
    public SharedSessionException? StoreFailure { get; private set; }

    public bool IsNew { get; private set; }

    public bool IsReadOnly =>
        _locking == SharedSessionLocking.ReadOnly || _services.Layout.IsReadOnly || !_session.Payload.IsWritable;

    public string Id => _session.Id ??= _services.Ids.NewId();

    public SessionMap Variables => _session.Variables;

    /// <summary>This, read.</summary>
    public SessionTransaction Opened()
    {
        if (State == OpenState.NotLoaded)
        {
            // ISession's members are synchronous; who does not want to block here awaits LoadAsync before.
            LoadAsync(_context.RequestAborted).GetAwaiter().GetResult();
        }

        return _loadFailure is null
            ? this
            : throw new SharedSessionException(_loadFailure.Failure, _loadFailure.Message, _loadFailure);
    }

    /// <summary>This, read and to be changed.</summary>
    public SessionTransaction Changing()
    {
        if (Opened().State == OpenState.Unavailable)
        {
            throw new SharedSessionException(SharedSessionFailure.Unavailable,
                "The session could not be read, and is not changed.");
        }

        if (State != OpenState.Open)
        {
            throw new SharedSessionException(SharedSessionFailure.Closed,
                "The session is closed: it is stored before the response starts. Change it earlier, or open it again "
                    + "with LoadAsync.");
        }

        if (IsReadOnly)
        {
            throw SessionWriter.ReadOnlyFailure();
        }

        if (_session.Stored is null && (_session.Id is null || _session.Id != _cookieId))
        {
            _writer.ThrowIfCookieIsTooLate();
        }

        return this;
    }

    public SessionValue Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        SessionMap variables = Variables;
        return variables.TryGetValue(name, out SessionValue value)
            || (VariableName.TryNumber(name, out long number) && variables.TryGetValue(number, out value))
            ? value : default;
    }

    /// <summary>The place of a variable, to set.</summary>
    public SessionValue Place(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Changing().Find(name) is { Exists: true } there)
        {
            return there;
        }

        if (_services.Layout.Root.Length == 0 && VariableName.Problem(name, _session.Payload.Format) is { } problem)
        {
            throw new SharedSessionException(SharedSessionFailure.NotRepresentable, problem);
        }

        // As PHP does with a name that is a number.
        return VariableName.TryNumber(name, out long number) ? Variables.Put(number) : Variables.Put(name);
    }

    public void Remove(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        SessionMap variables = Changing().Variables;
        if (!variables.Remove(name) && VariableName.TryNumber(name, out long number))
        {
            variables.Remove(number);
        }
    }

    public void Destroy() => Changing()._session.Destroy();

    public void RegenerateId(bool deleteOld)
    {
        Changing();
        _writer.ThrowIfCookieIsTooLate();
        _session.Renew(deleteOld);
    }

    public async Task LoadAsync(CancellationToken cancellation)
    {
        if (State is OpenState.Open or OpenState.Unavailable)
        {
            return;
        }

        string? id = State == OpenState.NotLoaded ? _cookieId : _session.Id;
        _locking = _context.GetEndpoint()?.Metadata.GetMetadata<ISharedSessionMetadata>()?.Locking
            ?? _services.Options.Locking;
        _session = new OpenSession(_services);
        _loadFailure = null;
        using SessionMeasurement? load = id is null ? null : _services.Metrics.Load();
        try
        {
            State = id is null || await SessionReader.ReadAsync(_session, id, _locking, _services, cancellation)
                ? OpenState.Open
                : OpenState.Unavailable;
            load?.EndsWith(State != OpenState.Open ? "unreadable" : _session.Stored is null ? "new" : "found");
        }
        catch (SharedSessionException failure)
        {
            _loadFailure = failure;
            State = OpenState.Aborted;
            load?.FailsWith(OutcomeOf(failure.Failure));
            throw;
        }
        catch (Exception error) when (SessionStorage.IsOutage(error))
        {
            if (error is not StoreAwayException)
            {
                // Said once for all requests that follow.
                SessionLog.StoreUnavailable(_services.Logger, SessionIdRule.ForLog(id!),
                    SessionStorage.Describe(error));
            }

            State = OpenState.Unavailable;
            load?.FailsWith(OutcomeOf(SharedSessionFailure.Unavailable));
        }
        catch (OperationCanceledException)
        {
            load?.FailsWith("cancelled");
            throw;
        }
        finally
        {
            // Nothing to protect: not readable, or an id that is not taken over.
            if (State != OpenState.Open || _session.Id is null)
            {
                await _session.ReleaseAsync();
            }
        }

        IsNew = _session.Stored is null;
        _session.WatchIdentity();
    }

    /// <summary>
    /// Stores the session, and closes it if asked. Cancelled before it begins, the session stays open; later it is
    /// given up, and may have been stored.
    /// </summary>
    public async Task CommitAsync(bool close, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (State != OpenState.Open)
        {
            return;
        }

        using SessionMeasurement? store =
            _session.Stored is null && !_session.IsDestroyed && _services.Codec.IsEmpty(_session.Payload)
                ? null
                : _services.Metrics.Store();
        try
        {
            await (IsReadOnly ? _writer.TouchAsync(_session, cancellation)
                : _writer.StoreAsync(_session, release: close, cancellation));
            store?.EndsWith("stored");
        }
        catch (Exception error)
        {
            StoreFailure = error as SharedSessionException ?? (SessionStorage.IsOutage(error)
                ? new SharedSessionException(SharedSessionFailure.Unavailable,
                    $"The session could not be stored: {SessionStorage.Describe(error)}.")
                : null);
            store?.FailsWith(
                StoreFailure is { } known
                    ? OutcomeOf(known.Failure) : error is OperationCanceledException ? "cancelled" : "failed");
            await AbortAsync();
            if (StoreFailure is null)
            {
                throw;
            }

            SessionLog.NotStored(_services.Logger, _session.LogName, StoreFailure.Failure, StoreFailure);
            throw StoreFailure;
        }

        if (close)
        {
            State = OpenState.Closed;
            await _session.ReleaseAsync(cancellation);
        }
    }

    /// <summary>Gives up what was not stored yet.</summary>
    public Task AbortAsync(CancellationToken cancellation = default)
    {
        State = State == OpenState.Closed ? OpenState.Closed : OpenState.Aborted;
        return _session.ReleaseAsync(cancellation);
    }

    private static string OutcomeOf(SharedSessionFailure failure) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(failure.ToString());
}
