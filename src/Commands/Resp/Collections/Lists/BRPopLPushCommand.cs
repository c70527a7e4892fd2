namespace SessionGateway.Commands.Resp.Collections.Lists;

/// <summary>BRPOPLPUSH source destination timeout.</summary>
internal sealed class BRPopLPushCommand() : BlockingMoveCommand("brpoplpush", 4, "2.2.0")
{
    protected override void Answer(in RespCall call, int place) =>
        ElementMove.Move(call, fromStart: false, toStart: true);
}
