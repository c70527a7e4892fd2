namespace SessionGateway.Protocols.Resp;

/// <summary>
/// One request: the command name and its arguments. Spans point into the input and live as long as it does.
/// </summary>
public readonly ref struct RespRequest
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlySpan<RespArgument> _arguments;

    /// <summary>Makes a request over bytes and the places of the arguments in them.</summary>
    public RespRequest(ReadOnlySpan<byte> bytes, ReadOnlySpan<RespArgument> arguments)
    {
        _bytes = bytes;
        _arguments = arguments;
    }

    /// <summary>Number of arguments, the name included (Redis' argc).</summary>
    public int Count => _arguments.Length;

    /// <summary>Argument <paramref name="index"/>; 0 is the command name.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            RespArgument argument = _arguments[index];
            return _bytes.Slice(argument.Offset, argument.Length);
        }
    }

    /// <summary>The bytes that <see cref="Arguments"/> point into.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Places of the arguments.</summary>
    public ReadOnlySpan<RespArgument> Arguments => _arguments;
}
