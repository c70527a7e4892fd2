using SessionGateway.Protocols.Memcached.Text;

namespace SessionGateway.Commands.Memcached;

/// <summary>One text request on its way through its verb.</summary>
internal ref struct TextCall
{
    /// <summary>Its line.</summary>
    public TextLine Line;

    /// <summary>Bytes of the request: those of the line, until the verb says more.</summary>
    public int Size;

    /// <summary>What is left of a request that stops in its middle.</summary>
    public TextRest? Rest;

    /// <summary>Where the answer goes.</summary>
    public CommandContext Context;

    /// <summary>Keeps what is missing or wrong.</summary>
    public ref TextRequestReader Reader;
}
