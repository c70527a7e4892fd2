namespace SessionGateway.Protocols.Resp;

/// <summary>
/// Arrays that the requests of all connections of one loop are read into, one request at a time, so that neither a
/// request nor an idle connection needs its own.
/// </summary>
public sealed class RespScratch
{
    // Enough for nearly every request; what a rare one needed more is given back by the next.
    internal const int KeepArguments = 1024;
    private const int KeepInlineBytes = 4096;

    private RespArgument[] _arguments = new RespArgument[64];
    private byte[] _inline = [];

    internal RespArgument[] Arguments => _arguments;

    internal RespArgument[] Grow()
    {
        Array.Resize(ref _arguments, _arguments.Length * 2);
        return _arguments;
    }

    internal void Add(int index, RespArgument argument)
    {
        if (index == _arguments.Length)
        {
            Grow();
        }

        _arguments[index] = argument;
    }

    /// <summary>Room for the unquoted arguments of a line.</summary>
    internal Span<byte> InlineBytes(int size)
    {
        if (_inline.Length < size)
        {
            _inline = GC.AllocateUninitializedArray<byte>(Math.Max(size, KeepInlineBytes));
        }

        return _inline;
    }

    /// <summary>Gives back what a rare request made large.</summary>
    internal void Trim()
    {
        if (_arguments.Length > KeepArguments)
        {
            _arguments = new RespArgument[KeepArguments];
        }

        if (_inline.Length > KeepInlineBytes)
        {
            _inline = [];
        }
    }
}
