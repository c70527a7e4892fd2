using SessionGateway.Commands;

namespace SessionGateway.UnitTests.Commands.Parking;

/// <summary>A protocol of single letters: <c>w</c> waits until the door is open, others are echoed.</summary>
internal sealed class DoorProcessor : ProtocolProcessor
{
    public bool IsOpen { get; set; }

    /// <summary>The token of the letter that waits.</summary>
    public int Token { get; private set; }

    /// <summary>Why letters were run, in order.</summary>
    public List<WakeReason> Reasons { get; } = [];

    public override string LastCommand(ClientConnection client) => "letter";

    protected override int Next(ReadOnlySpan<byte> input, CommandContext context)
    {
        Reasons.Add(context.Client.TakeWakeReason());
        if (input[0] == (byte)'w' && !IsOpen)
        {
            Token = context.Client.Park(ClientConnection.NoDeadline);
            return 1;
        }

        context.Output.Write(input[..1]);
        return 1;
    }
}
