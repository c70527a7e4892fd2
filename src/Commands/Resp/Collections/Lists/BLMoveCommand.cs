namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BLMOVE source destination LEFT | RIGHT LEFT | RIGHT timeout.</summary>
internal sealed class BLMoveCommand() : BlockingMoveCommand("blmove", 6, "6.2.0")
{
    protected override bool TryArguments(in RespCall call, out long milliseconds)
    {
        milliseconds = 0;
        return ElementMove.TryEnds(call, 3, out _, out _) && TryTimeout(call, 5, out milliseconds);
    }

    protected override void Answer(in RespCall call, int place)
    {
        ElementMove.TryEnds(call, 3, out bool fromStart, out bool toStart);
        ElementMove.Move(call, fromStart, toStart);
    }
}
