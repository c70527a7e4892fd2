namespace SessionGateway.Sessions;

/// <summary>Thrown by the throwing forms of decoding and encoding; the Try forms give the <see cref="SessionError"/>
/// itself.</summary>
public sealed class SessionFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public SessionFormatException(string format, SessionError error)
        : base($"{format}: {error}")
    {
        Format = format;
        Error = error;
    }

    /// <summary>The name of the format.</summary>
    public string Format { get; }

    /// <summary>What went wrong and where.</summary>
    public SessionError Error { get; }
}
