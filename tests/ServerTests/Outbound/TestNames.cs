using System.Net;
using System.Net.Sockets;
using SessionGateway.Gateway.Connections.Outbound;

namespace SessionGateway.ServerTests.Outbound;

/// <summary>Names whose look-up ends when the test says so.</summary>
internal sealed class TestNames : INameLookup
{
    private readonly TaskCompletionSource<IPAddress[]> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The name that was asked for, once it was.</summary>
    public string? Name { get; private set; }

    /// <summary>Set when nobody waits for the answer any more.</summary>
    public CancellationToken Cancellation { get; private set; }

    /// <summary>Somebody has asked.</summary>
    public bool IsAsked => _asked.Task.IsCompleted;

    /// <summary>The look-up is over.</summary>
    public void Answer(params string[] addresses) => _answer.SetResult([.. addresses.Select(IPAddress.Parse)]);

    /// <summary>Nobody knows the name.</summary>
    public void Fail(SocketError error) => _answer.SetException(new SocketException((int)error));

    public Task<IPAddress[]> FindAsync(string name, CancellationToken cancellation)
    {
        Name = name;
        Cancellation = cancellation;
        _asked.SetResult();
        return _answer.Task;
    }
}
