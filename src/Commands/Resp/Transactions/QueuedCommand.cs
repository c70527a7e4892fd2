using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>A command of a <see cref="CommandQueue"/>; it points into the queue.</summary>
internal readonly ref struct QueuedCommand(RespCommand command, RespRequest request)
{
    /// <summary>What is to be done.</summary>
    public RespCommand Command { get; } = command;

    /// <summary>With which arguments.</summary>
    public RespRequest Request { get; } = request;

    /// <summary>The call, on the connection of the one that executes the queue.</summary>
    public RespCall CallFrom(in RespCall exec) => new(Request, exec.Connection, exec.Context);
}
