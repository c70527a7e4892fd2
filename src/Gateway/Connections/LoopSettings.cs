using SessionGateway.Gateway.Connections.Splicing;
using SessionGateway.Gateway.Connections.Strangers;
using SessionGateway.Gateway.Holding;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.Connections;

/// <summary>Limits of the event loops.</summary>
internal sealed record LoopSettings
{
    /// <summary>Shared receive buffer of a loop: one helping per connection and turn. 64 KiB: the most that loopback
    /// and GRO deliver at once.</summary>
    public int ReceiveBytes { get; init; } = GatewayOptions.LoopReceiveBytes;

    /// <summary>
    /// What the shared receive buffer grows to once large requests come: one of up to this is received whole and not
    /// copied before it is executed. A quarter of a core's second-level cache, so that the value is still there when it
    /// is copied into its item.
    /// </summary>
    public int WideReceiveBytes { get; init; } = 256 << 10;

    /// <summary>Most bytes taken at once for the rest of a large request.</summary>
    public int MaxReceiveBytes { get; init; } = 1 << 20;

    /// <summary>Reply buffer that a loop starts with.</summary>
    public int OutputBytes { get; init; } = GatewayOptions.LoopOutputBytes;

    /// <summary>A reply buffer that grew beyond this is given back after the reply.</summary>
    public int KeepOutputBytes { get; init; } = 1 << 20;

    /// <summary>An incomplete request larger than this must make progress within <see cref="StallTimeout"/>.</summary>
    public int StallInputBytes { get; init; } = 16 << 10;

    /// <summary>How long a peer may neither read its answers nor go on with a large request.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Has a place for each connection, which it gives back when it is closed; the loops share it. Null:
    /// nobody counts.</summary>
    public ConnectionAdmission? Admission { get; init; }

    /// <summary>What those who have not logged in may take; the loops share it.</summary>
    public StrangerAccount Strangers { get; init; } = StrangerAccount.Unlimited();

    /// <summary>What all connections hold; the loops share it. Null: nobody looks.</summary>
    public ClientMemory? Clients { get; init; }

    /// <summary>Holds replies; the loops share it. Null: none waits.</summary>
    public ReplyGate? Gate { get; init; }

    /// <summary>Decides what it releases; the loops share it. Null: whoever has the gate does.</summary>
    public Settling? Settling { get; init; }

    /// <summary>How much it may hold.</summary>
    public HoldLimits HoldLimits { get; init; } = new();

    /// <summary>Where requests go that are not executed here; the loops share it. Null: all are.</summary>
    public Forwarder? Forwarder { get; init; }

    /// <summary>How long a connection may take to log in; zero = for ever.</summary>
    public TimeSpan LoginTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be silent; zero = for ever.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.Zero;
}
