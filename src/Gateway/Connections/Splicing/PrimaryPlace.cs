using System.Net;

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

    /// <summary>Who was the primary and is no more: whoever is connected to it leaves.</summary>
    public EndPoint? NotAt { get; private init; }

    /// <summary>Another process is it, and has said so itself.</summary>
    public static PrimaryPlace At(EndPoint address) => new() { Address = address };

    /// <summary>Nobody knows, but this one is it no more.</summary>
    public static PrimaryPlace Left(EndPoint address) => new() { NotAt = address };

    /// <summary>Whether a connection to an address has to end.</summary>
    public bool Excludes(EndPoint address) =>
        IsHere || (Address is not null ? !Address.Equals(address) : address.Equals(NotAt));
}
