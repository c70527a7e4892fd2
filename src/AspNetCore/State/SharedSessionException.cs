namespace SessionGateway.AspNetCore;

/// <summary>A session could not be opened, changed or stored. The message never holds its id or its values.</summary>
public sealed class SharedSessionException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    public SharedSessionException(SharedSessionFailure failure, string message, Exception? inner = null)
        : base(message, inner)
    {
        Failure = failure;
    }

    /// <summary>What went wrong.</summary>
    public SharedSessionFailure Failure { get; }
}
