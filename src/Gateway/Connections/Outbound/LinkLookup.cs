using System.Net;
using System.Net.Sockets;

namespace SessionGateway.Gateway.Connections.Outbound;

/// <summary>
/// The look-up of a link's name, on a thread of the pool: a loop cannot wait for it. The loop is told when it is over,
/// unless the link has been closed before.
/// </summary>
internal sealed class LinkLookup(OutboundLink link, DnsEndPoint name, INameLookup names)
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private bool _isOver;

    /// <summary>What was found, in the order in which it is to be tried; read after the loop was told.</summary>
    public IReadOnlyList<IPEndPoint> Found { get; private set; } = [];

    /// <summary>Why nothing was found.</summary>
    public SocketError Error { get; private set; } = SocketError.HostNotFound;

    /// <summary>Begins.</summary>
    public void Begin() => _ = Task.Run(RunAsync);

    /// <summary>Nobody wants to know any more: the loop is not told from now on.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _cancellation.Cancel();
    }

    private async Task RunAsync()
    {
        try
        {
            IPAddress[] addresses = await names.FindAsync(name.Host, _cancellation.Token).ConfigureAwait(false);
            Found = [.. addresses.Select(address => new IPEndPoint(address, name.Port))];
        }
        catch (SocketException failure)
        {
            Error = failure.SocketErrorCode;
        }
        catch (Exception failure) when (failure is OperationCanceledException or ArgumentException)
        {
            // Cancelled, or no name at all (longer than 255 characters).
        }

        lock (_lock)
        {
            // Under the lock: a loop that has closed its links may be gone, and what it is woken by with it.
            if (!_isOver)
            {
                link.Loop.Post(new LoopMessage(LoopMessageKind.LookedUp, Link: link));
            }
        }
    }
}
