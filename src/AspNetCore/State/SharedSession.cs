using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore.State;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore;

/// <summary>
/// The session of a request, the same that PHP sees. It is read on first access, under its lock: asynchronously by
/// <see cref="LoadAsync"/> (or <c>await HttpContext.SharedSessionAsync()</c>), else by the first member that needs it,
/// which then blocks. It is stored before the first byte of the response leaves, or at the end of the request, and
/// given up when the request fails. Not safe for use by several threads at once.
/// </summary>
public sealed class SharedSession : ISession
{
    private readonly SessionTransaction _transaction;

    internal SharedSession(SessionTransaction transaction) => _transaction = transaction;

    /// <summary>The session's id; a new session gets one when it is asked for. It is a secret: do not show or log
    /// it.</summary>
    public string Id => _transaction.Opened().Id;

    /// <summary>
    /// False when the store could not be reached or holds bytes that cannot be read; see the log. The session then
    /// seems empty, changes throw, and nothing is overwritten.
    /// </summary>
    public bool IsAvailable => _transaction.Opened().State != OpenState.Unavailable;

    /// <summary>Whether there was no session in the store.</summary>
    public bool IsNew => _transaction.Opened().IsNew;

    /// <summary>Whether changes are errors: by the endpoint, the layout or the format.</summary>
    public bool IsReadOnly => _transaction.Opened().IsReadOnly;

    /// <summary>Names of the variables.</summary>
    public IEnumerable<string> Keys => [.. Variables.Select(entry => entry.Key.ToString())];

    /// <summary>
    /// The application's variables, with everything that PHP wrote: nested arrays, objects as data, references. Changes
    /// made here and in what is nested are stored.
    /// </summary>
    public SessionMap Variables => _transaction.Opened().Variables;

    /// <summary>A variable; <see cref="SessionValue.Exists"/> is false where there is none. Its values may be
    /// changed.</summary>
    public SessionValue this[string name] => _transaction.Opened().Find(name);

    /// <summary>Sets text.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void Set(string name, string value) => _transaction.Place(name).Set(value);

    /// <summary>Sets an integer: PHP's int.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void Set(string name, long value) => _transaction.Place(name).Set(value);

    /// <summary>Sets a number: PHP's float.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void Set(string name, double value) => _transaction.Place(name).Set(value);

    /// <summary>Sets a boolean.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void Set(string name, bool value) => _transaction.Place(name).Set(value);

    /// <summary>Sets bytes: PHP's string.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void SetBytes(string name, ReadOnlySpan<byte> value) =>
        _transaction.Place(name).Set(value, SessionHint.Binary);

    /// <summary>Sets null.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    public void SetNull(string name) => _transaction.Place(name).SetNull();

    /// <summary>The array of a variable, to change; made empty where there is none.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed, or its serializer cannot hold the
    /// name.</exception>
    /// <exception cref="InvalidOperationException">The variable is something else.</exception>
    public SessionMap Array(string name)
    {
        SessionValue place = _transaction.Place(name);
        return place.IsNull ? place.SetMap() : place.AsMap();
    }

    /// <summary>Removes a variable; nothing happens where there is none.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed.</exception>
    public void Remove(string key) => _transaction.Remove(key);

    /// <summary>Removes all variables; the session itself stays.</summary>
    /// <exception cref="SharedSessionException">The session cannot be changed.</exception>
    public void Clear() => _transaction.Changing().Variables.Clear();

    /// <summary>
    /// Ends the session: it is deleted when the request is stored, and the browser's cookie with it. What is set
    /// afterwards goes into a new session.
    /// </summary>
    /// <exception cref="SharedSessionException">The session cannot be changed.</exception>
    public void Destroy() => _transaction.Destroy();

    /// <summary>
    /// Gives the session a new id, as is due when its rights change: at sign-in.
    /// <see cref="SharedSessionOptions.RegenerateIdOn"/> does it by itself.
    /// </summary>
    /// <param name="deleteOld">Whether the session of the old id ends; otherwise it stays as it was stored
    /// last.</param>
    /// <exception cref="SharedSessionException">The session cannot be changed.</exception>
    public void RegenerateId(bool deleteOld = true) => _transaction.RegenerateId(deleteOld);

    /// <summary>Reads the session, under its lock where the endpoint does not say otherwise. After a close it is opened
    /// again.</summary>
    /// <exception cref="SharedSessionException">The lock stayed another's for as long as the options wait.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the session is not read and its lock not
    /// held.</exception>
    public Task LoadAsync(CancellationToken cancellationToken = default) => _transaction.LoadAsync(cancellationToken);

    /// <summary>Stores the session now and keeps its lock.</summary>
    /// <exception cref="SharedSessionException">It could not be stored; what is in the store was left
    /// alone.</exception>
    /// <exception cref="OperationCanceledException">
    /// Cancelled: before it began the session stays as it is; later it is given up, and the store may or may not have
    /// it.
    /// </exception>
    public Task CommitAsync(CancellationToken cancellationToken = default) =>
        _transaction.CommitAsync(close: false, cancellationToken);

    /// <summary>
    /// Stores the session now and releases its lock, so that the user's next request need not wait for the rest of this
    /// one. It can still be read.
    /// </summary>
    /// <exception cref="SharedSessionException">It could not be stored; what is in the store was left
    /// alone.</exception>
    /// <exception cref="OperationCanceledException">As in <see cref="CommitAsync"/>.</exception>
    public Task CloseAsync(CancellationToken cancellationToken = default) =>
        _transaction.CommitAsync(close: true, cancellationToken);

    /// <summary>Gives up all changes since the last commit and releases the lock.</summary>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the store to confirm the
    /// release.</exception>
    public Task AbortAsync(CancellationToken cancellationToken = default) => _transaction.AbortAsync(cancellationToken);

    /// <summary>
    /// A value as ASP.NET Core's extension methods read it: text for GetString, an integer as 4 bytes for GetInt32 (as
    /// decimal text when it needs more), an array as JSON. False for null and objects.
    /// </summary>
    bool ISession.TryGetValue(string key, out byte[] value)
    {
        SessionValue found = this[key];
        value = found.Exists ? AspNetCoreValues.ToBytes(found)! : null!;
        return value is not null;
    }

    /// <summary>
    /// Sets bytes as the kind the variable has already; a new variable becomes text where they are UTF-8. SetInt32 on a
    /// new variable cannot be told from four characters: use <see cref="Set(string, long)"/>.
    /// </summary>
    void ISession.Set(string key, byte[] value)
    {
        ArgumentNullException.ThrowIfNull(value);
        AspNetCoreValues.FromBytes(_transaction.Place(key), value);
    }
}
