using SessionGateway.Protocols.Buffers;
using SessionGateway.Protocols.Resp;
using SessionGateway.Store;

namespace SessionGateway.Commands;

/// <summary>
/// What a command works with. One per event loop, handed to each processor call; the fields that change per call are set
/// by the connection before it.
/// </summary>
public sealed class CommandContext(CommandServices services, LoopStats stats, OutputBuffer output)
{
    /// <summary>What the whole process shares.</summary>
    public CommandServices Services { get; } = services;

    /// <summary>The items.</summary>
    public ItemStore Store { get; } = services.Store;

    /// <summary>The counters of this loop.</summary>
    public LoopStats Stats { get; } = stats;

    /// <summary>Where replies go.</summary>
    public OutputBuffer Output { get; } = output;

    /// <summary>Arrays that RESP requests of this loop are read into.</summary>
    public RespScratch Resp { get; } = new();

    /// <summary>Unix milliseconds, the same for all requests of one batch.</summary>
    public long Now { get; set; }

    /// <summary>The connection whose requests are processed.</summary>
    public ClientConnection Client { get; set; } = null!;

    /// <summary>Requests that may still be executed in this turn.</summary>
    public int RequestBudget { get; set; }

    /// <summary>Set by a processor that stopped at an incomplete request: total input bytes worth calling again for.</summary>
    public int NeedBytes { get; set; }

    /// <summary>
    /// Asked after each request: true when the processor must return although complete requests may be left, because
    /// the turn's share is used up, the output wants to be sent first, or the connection is held or closing.
    /// </summary>
    public bool TurnIsOver() =>
        --RequestBudget <= 0 || Output.Length >= Services.Limits.OutputSoftBytes || Output.Overflowed
        || Client.CloseAfterReply || Client.IsHeld;
}
