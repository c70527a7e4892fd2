using SessionGateway.Protocols.Resp;

namespace SessionGateway.Commands.Resp.Transactions;

/// <summary>A command that waits for EXEC, with a copy of its bytes.</summary>
internal sealed record QueuedCommand(RespCommand Command, byte[] Bytes, RespArgument[] Arguments)
{
    // An object with a head, a place in the list, two arrays with heads.
    private const int Overhead = 128;

    /// <summary>Memory that a request takes in the queue.</summary>
    public static long BytesOf(in RespRequest request)
    {
        long bytes = Overhead;
        for (int i = 0; i < request.Count; i++)
        {
            bytes += request[i].Length + (2 * sizeof(int));
        }

        return bytes;
    }

    /// <summary>Copies a request; only the arguments, not what stands between them.</summary>
    public static QueuedCommand From(RespCommand command, in RespRequest request)
    {
        var arguments = new RespArgument[request.Count];
        int length = 0;
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = new RespArgument(length, request[i].Length);
            length += request[i].Length;
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(length);
        for (int i = 0; i < arguments.Length; i++)
        {
            request[i].CopyTo(bytes.AsSpan(arguments[i].Offset));
        }

        return new QueuedCommand(command, bytes, arguments);
    }

    /// <summary>The call, on the connection of the one that executes the queue.</summary>
    public RespCall CallFrom(in RespCall exec) => new(new RespRequest(Bytes, Arguments), exec.Connection, exec.Context);
}
