using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using SessionGateway.CompatTests.Harness;
using SessionGateway.CompatTests.Wire.Dialects;

namespace SessionGateway.CompatTests.Wire.Conversations;

/// <summary>Plays a conversation with one server and prints what it answers.</summary>
internal sealed class ConversationPlayer(IDialect dialect, Peer peer, DateTimeOffset now, TimeSpan patience)
{
    public const string Closed = "(closed)";

    // The answer is to be expected: only a request before it that swallows the sentinel makes this wait long.
    private static readonly TimeSpan SentinelPatience = TimeSpan.FromSeconds(2);

    private readonly Recollection _memory = new(now);
    // Of requests that may wait: what came before the next request of their connection.
    private readonly Dictionary<RawConnection, byte[]> _parked = [];
    private WaitingClients? _waiting;
    private int _sentinel;

    /// <summary>Empties the server, then plays all steps; one list of printed reply lines for each step.</summary>
    public List<List<string>> Play(Conversation conversation)
    {
        ResetServer();
        var connections = new Dictionary<string, RawConnection>();
        try
        {
            return [.. conversation.Steps.Select(step => PlayStep(step, connections))];
        }
        finally
        {
            foreach (RawConnection connection in connections.Values)
                Leave(connection);
            _waiting?.Dispose();
        }
    }

    private void ResetServer()
    {
        using RawConnection connection = peer.Connect();
        var bytes = new List<byte>();
        foreach (string line in dialect.Reset)
            dialect.Encode(line, _memory, bytes);
        int number = ++_sentinel;
        connection.Send([.. bytes, .. dialect.Sentinel(number)]);
        byte[] reply = connection.ReadUntil(
            received => dialect.EndsWithSentinel(received, number, out _), TimeSpan.FromSeconds(30));
        if (!dialect.EndsWithSentinel(reply, number, out _))
        {
            throw new InvalidOperationException(
                $"{peer.Name} cannot be emptied; it answered: {Encoding.Latin1.GetString(reply)}");
        }
        // Gone for the server too, so that lists of connections do not show it.
        connection.HalfClose();
        connection.ReadToEnd();
    }

    private List<string> PlayStep(Step step, Dictionary<string, RawConnection> connections)
    {
        if (step.Wait > TimeSpan.Zero)
            Thread.Sleep(step.Wait);
        if (!connections.TryGetValue(step.Connection, out RawConnection? connection))
            connections[step.Connection] = connection = peer.Connect();
        if (step.Parks)
        {
            Park(step, connection);
            return [];
        }
        int number = ++_sentinel;
        bool guarded = !step.Open && !step.HalfClose;
        peer.Segmentation.Send(connection, Bytes(step, guarded ? number : null));
        if (step.HalfClose)
            HalfClose(connection);

        byte[] reply = connection.ReadUntil(
            received => guarded && dialect.EndsWithSentinel(received, number, out _),
            guarded ? SentinelPatience : patience);
        bool ended = dialect.EndsWithSentinel(reply, number, out int start);
        bool answered = guarded && ended;
        if (answered)
            reply = reply[..start];
        if (_parked.Remove(connection, out byte[]? early))
            reply = [.. early, .. reply];
        if (step.Settles)
            Settle();
        var lines = new List<string>();
        dialect.Print(peer.Tamper(reply), _memory, lines);
        // A closed connection is opened again by the next step that names it.
        if (!answered && connection.IsClosedByPeer())
        {
            lines.Add(Closed);
            connection.Dispose();
            connections.Remove(step.Connection);
        }
        else if (!answered && guarded)
        {
            lines.Add("(the next request is not answered)");
        }
        return Normalisers.Apply(step.Normalise, lines);
    }

    private void Park(Step step, RawConnection connection)
    {
        _waiting ??= new WaitingClients(dialect, peer);
        int before = _waiting.Count();
        peer.Segmentation.Send(connection, Bytes(step, null));
        byte[] reply = _parked.GetValueOrDefault(connection, []);
        var watch = Stopwatch.StartNew();
        do
        {
            reply = [.. reply, .. connection.ReadUntil(received => received.Length > 0, TimeSpan.Zero)];
            _parked[connection] = reply;
        }
        while (reply.Length == 0 && _waiting.Count() <= before && watch.Elapsed < SentinelPatience);
    }

    // Who has been woken has an answer; who has not is silent for a while.
    private void Settle()
    {
        foreach ((RawConnection connection, byte[] reply) in _parked.ToList())
        {
            if (reply.Length == 0)
                _parked[connection] = connection.ReadUntil(received => received.Length > 0, patience / 4);
        }
    }

    private byte[] Bytes(Step step, int? sentinel)
    {
        var bytes = new List<byte>();
        foreach (string line in step.Sends)
        {
            if (line.StartsWith(">>", StringComparison.Ordinal))
                bytes.AddRange(Escapes.Decode(line[2..].TrimStart(' '), _memory));
            else
                dialect.Encode(RefusedData.Send(line[1..].TrimStart(' '), peer), _memory, bytes);
        }
        if (sentinel is int number)
            bytes.AddRange(dialect.Sentinel(number));
        return [.. bytes];
    }

    /// <summary>Waits until the server has closed too: nothing sent may take effect after the next reset.</summary>
    private static void Leave(RawConnection connection)
    {
        HalfClose(connection);
        connection.IsClosedByPeer(SentinelPatience);
        connection.Dispose();
    }

    private static void HalfClose(RawConnection connection)
    {
        try
        {
            connection.HalfClose();
        }
        catch (SocketException)
        {
            // Closed by the server already.
        }
    }
}
