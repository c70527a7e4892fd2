using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>Gets a session from a server by the protocol that tells most: memcached's, which has flags, where it
/// can.</summary>
internal static class SessionFetch
{
    /// <summary>Asks.</summary>
    /// <exception cref="SessionToolException">There is nothing to show.</exception>
    public static StoredValue Get(FetchTarget target)
    {
        ListenerProtocol protocol = target.Address.Protocol;
        if (protocol == ListenerProtocol.Memcached && !MemcachedFetch.CanAsk(target))
        {
            throw new SessionToolException("memcached has database 0 only, and keys of 1 to 250 bytes without blanks");
        }

        StoredValue? value = protocol != ListenerProtocol.Resp && MemcachedFetch.CanAsk(target)
            ? MemcachedFetch.Get(target, protocol == ListenerProtocol.Auto) : null;
        return value ?? (protocol != ListenerProtocol.Memcached
            ? RespFetch.Get(target)
            : throw new SessionToolException($"{target.Address.Place} does not speak memcached"));
    }
}
