using SessionGateway.Commands;
using SessionGateway.Gateway.Connections.Outbound;
using SessionGateway.Gateway.Logging;

namespace SessionGateway.Gateway.Connections;

/// <summary>
/// What becomes of an exception in a command or in the owner of a link: the log hears of it, and the process goes on
/// only when no change of the items was left half done.
/// </summary>
internal sealed class FailureReport(CommandContext context, TransportLog log)
{
    private readonly HashSet<string> _commands = new(StringComparer.Ordinal);

    /// <summary>
    /// A command failed: counts it, and logs it the first time for each command, so that a peer that repeats it cannot
    /// fill the log.
    /// </summary>
    /// <exception cref="InvalidOperationException">It left a change of the items half done: the process must not go
    /// on.</exception>
    public void Note(Connection connection, string command, Exception failure)
    {
        context.Stats.FailedCommands++;
        bool isWhole = context.Store.TryRecover();
        if (_commands.Add(command) || !isWhole)
        {
            log.CommandFailed(failure, command, connection.Id, connection.RemoteAddress);
        }

        if (!isWhole)
        {
            throw new InvalidOperationException($"The command '{command}' left a change of the items half done.",
                failure);
        }
    }

    /// <summary>The owner of a link failed: logs it.</summary>
    /// <exception cref="InvalidOperationException">It left a change of the items half done.</exception>
    public void Note(OutboundLink link, Exception failure)
    {
        log.LinkFailed(failure, link.Address.ToString()!);
        if (!context.Store.TryRecover())
        {
            throw new InvalidOperationException(
                $"What came from {link.Address} left a change of the items half done.", failure);
        }
    }
}
