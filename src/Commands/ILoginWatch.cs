namespace SessionGateway.Commands;

/// <summary>Hears of failed logins and slows the addresses that they come from.</summary>
public interface ILoginWatch
{
    /// <summary>A login failed; from any thread.</summary>
    /// <param name="peer">The peer as <see cref="ClientConnection.RemoteAddress"/> has it.</param>
    /// <param name="now">Unix milliseconds.</param>
    /// <returns>Milliseconds that the answer is kept back; 0 for the first failures of an address.</returns>
    int Failed(string peer, long now);
}
