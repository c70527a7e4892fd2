using SessionGateway.AspNetCore.Options;
using SessionGateway.AspNetCore.Payload;
using SessionGateway.AspNetCore.Storage;
using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.State;

/// <summary>A session between its reading and its storing.</summary>
internal sealed class OpenSession(SessionServices services)
{
    /// <summary>Its values.</summary>
    public SessionPayload Payload { get; set; } = services.Codec.New();

    /// <summary>The application's part of them.</summary>
    public SessionMap Variables => services.Codec.Variables(Payload.Tree);

    /// <summary>What the store holds; null where it holds none.</summary>
    public StoredSession? Stored { get; set; }

    /// <summary>The id it will be stored under; null until a new session needs one.</summary>
    public string? Id { get; set; }

    /// <summary>The lock; null where it is not held.</summary>
    public HeldLock? Lock { get; set; }

    /// <summary>Whether what is stored is to be deleted in any case.</summary>
    public bool IsDestroyed { get; set; }

    /// <summary>Whether it is to be stored under a new id.</summary>
    public bool IsRenewed { get; private set; }

    /// <summary>Whether the session of the replaced id is to be deleted when this one is stored.</summary>
    public bool EndsOld { get; private set; }

    /// <summary>What stands for it in logs.</summary>
    public string LogName => SessionIdRule.ForLog(Stored?.Id ?? Id ?? "");

    private IdentityWatch? Identity { get; set; }

    /// <summary>Whether this request signed somebody in.</summary>
    public bool HasNewIdentity => Identity?.HasChanged(Variables) == true;

    /// <summary>From here on a change of the variables that say who the user is counts.</summary>
    public void WatchIdentity() =>
        Identity = services.Options.RegenerateIdOn is { Count: > 0 } names ? new IdentityWatch(names, Variables) : null;

    /// <summary>Ends what is stored; what is set from now on belongs to a new session.</summary>
    public void Destroy()
    {
        Payload = services.Codec.New();
        (Id, IsDestroyed, IsRenewed) = (null, true, false);
        WatchIdentity();
    }

    /// <summary>Gives it a new id.</summary>
    public void Renew(bool endsOld)
    {
        string before = LogName;
        Id = services.Ids.NewId();
        (IsRenewed, EndsOld) = (true, EndsOld | endsOld);
        SessionLog.Renewed(services.Logger, before, SessionIdRule.ForLog(Id));
    }

    /// <summary>It has been stored.</summary>
    public void IsStoredAs(string id, byte[] bytes)
    {
        Stored = new StoredSession(id, bytes);
        (IsRenewed, EndsOld) = (false, false);
        WatchIdentity();
    }

    /// <summary>Releases the lock if it is held; what fails is logged, the lock then ends by itself.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation = default)
    {
        if (Lock is not { } held)
        {
            return;
        }

        Lock = null;
        try
        {
            await services.Storage.ReleaseAsync(held, cancellation);
        }
        catch (Exception error) when (SessionStorage.IsOutage(error))
        {
            SessionLog.NotReleased(services.Logger, LogName, SessionStorage.Describe(error));
        }
    }
}
