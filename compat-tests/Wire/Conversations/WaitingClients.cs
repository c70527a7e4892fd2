using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Asks a server on a connection of its own how many clients wait.</summary>
internal sealed partial class WaitingClients(IDialect dialect, Peer peer) : IDisposable
{
    private readonly RawConnection _connection = peer.Connect();
    private int _number;

    /// <summary>How many wait now.</summary>
    /// <exception cref="InvalidOperationException">The server does not tell.</exception>
    public int Count()
    {
        var bytes = new List<byte>();
        string request = dialect.CountWaiting
            ?? throw new InvalidOperationException($"nobody waits in {dialect.Name}");
        dialect.Encode(request, new Recollection(DateTimeOffset.UnixEpoch), bytes);
        int number = ++_number;
        _connection.Send([.. bytes, .. dialect.Sentinel(number)]);
        byte[] reply = _connection.ReadUntil(
            received => dialect.EndsWithSentinel(received, number, out _), TimeSpan.FromSeconds(30));
        Match match = Waiting().Match(Encoding.Latin1.GetString(reply));
        return match.Success
            ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{peer.Name} does not tell how many clients wait");
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    [GeneratedRegex(@"blocked_clients:(\d+)")]
    private static partial Regex Waiting();
}
