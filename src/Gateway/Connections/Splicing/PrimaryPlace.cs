using System.Net;
using SessionGateway.Commands;
using SessionGateway.Protocols.Detection;

namespace SessionGateway.Gateway.Connections.Splicing;

/// <summary>Where the items are; immutable.</summary>
internal sealed record PrimaryPlace
{
    private PrimaryPlace()
    {
    }

    /// <summary>This process is the primary.</summary>
    public static PrimaryPlace Here { get; } = new() { IsHere = true };

    /// <summary>Nobody knows, or who it was does not answer: what is open may go on.</summary>
    public static PrimaryPlace Unknown { get; } = new();

    /// <summary>This process is it.</summary>
    public bool IsHere { get; private init; }

    /// <summary>The primary's address, never a name; null when it is here or unknown.</summary>
    public EndPoint? Address { get; private init; }

    /// <summary>Where it understands memcached text; null: nowhere.</summary>
    public EndPoint? MemcachedAddress { get; private init; }

    /// <summary>Where clients are told that it is; null when they are told nothing.</summary>
    public PrimaryAddress? Name { get; private init; }

    /// <summary>It is a gateway: it is told how often a request has been forwarded.</summary>
    public bool IsGateway { get; private init; }

    /// <summary>Who was the primary and is no more: whoever is connected to it leaves.</summary>
    public EndPoint? NotAt { get; private init; }

    /// <summary>Another process is it, and has said so itself.</summary>
    public static PrimaryPlace At(EndPoint address) => new() { Address = address, MemcachedAddress = address };

    /// <summary>Another process is it, and has been reached.</summary>
    /// <param name="address">There.</param>
    /// <param name="name">What clients are told.</param>
    /// <param name="memcachedPort">Its port for memcached text; 0: it has none.</param>
    /// <param name="isGateway">It is a gateway.</param>
    public static PrimaryPlace At(IPEndPoint address, PrimaryAddress name, int memcachedPort, bool isGateway) => new()
    {
        Address = address,
        MemcachedAddress = memcachedPort > 0 ? new IPEndPoint(address.Address, memcachedPort) : null,
        Name = name with { SpeaksMemcached = memcachedPort > 0 },
        IsGateway = isGateway,
    };

    /// <summary>Another process will be it, and has not been reached.</summary>
    public static PrimaryPlace Awaited(PrimaryAddress name) => new() { Name = name };

    /// <summary>Nobody knows, but this one is it no more.</summary>
    public static PrimaryPlace Left(EndPoint address) => new() { NotAt = address };

    /// <summary>Where a conversation goes.</summary>
    public EndPoint? AddressFor(WireProtocol protocol) =>
        protocol == WireProtocol.Resp ? Address : MemcachedAddress;

    /// <summary>Whether a connection to an address has to end.</summary>
    public bool Excludes(EndPoint address) => IsHere
        || (Address is not null ? !Address.Equals(address) && !address.Equals(MemcachedAddress)
            : address.Equals(NotAt));
}
