namespace SessionGateway.Commands;

/// <summary>What commands ask of the pair that this node belongs to; from any thread. Answers are null when it is done,
/// or error lines without the dash.</summary>
public interface IPairing
{
    /// <summary>PING is answered PONG; otherwise so that Sentinel counts it as silence.</summary>
    bool IsReady { get; }

    /// <summary>The node shows itself as master.</summary>
    bool ShowsMaster { get; }

    /// <summary>Sentinel may promote it.</summary>
    bool CanPromote { get; }

    /// <summary>What is told of it.</summary>
    PairFigures Figures { get; }

    /// <summary>Whether a client may play Sentinel: say hello, send SLAVEOF.</summary>
    bool MayOperate(ClientConnection client);

    /// <summary>SLAVEOF host port.</summary>
    string? Follow(string host, int port);

    /// <summary>SLAVEOF NO ONE.</summary>
    string? Promote();

    /// <summary>An operator says that this node decides, whatever is lost.</summary>
    string? Force();

    /// <summary>An operator gives the role to the backup.</summary>
    string? Switch();

    /// <summary>A Sentinel was heard on a connection: the message of its hello.</summary>
    void HearHello(ClientConnection client, ReadOnlySpan<byte> message);

    /// <summary>A PING came on a connection.</summary>
    void HearPing(ClientConnection client);

    /// <summary>The other node introduces itself (REPLCONF pair).</summary>
    /// <param name="peer">It.</param>
    /// <param name="words">What it says.</param>
    /// <param name="answer">The line for it, whole.</param>
    void Introduce(ReplicaPeer peer, string words, out string answer);

    /// <summary>The backup says something (REPLCONF pair-say), which is not answered.</summary>
    void Hear(ReplicaPeer peer, string words);

    /// <summary>What <c>gateway pair status</c> shows.</summary>
    string Describe();
}
