using SessionGateway.Replication.Link;

namespace SessionGateway.Gateway.Pair;

/// <summary>What a node of a pair has done by the rest of the gateway; called by the pair's thread.</summary>
internal interface IPairHands
{
    /// <summary>Position of the last change of an item.</summary>
    long Position { get; }

    /// <summary>Has the log on the disk up to now.</summary>
    /// <exception cref="IOException">It is not.</exception>
    void SyncLog();

    /// <summary>Follows the other node; nothing when it does.</summary>
    void Follow(string address);

    /// <summary>Follows nobody; items do not come from anybody, nor from clients.</summary>
    void Unfollow();

    /// <summary>Goes on with the history under a name of its own.</summary>
    void Lead();

    /// <summary>Closes the connection to the primary; it is connected again.</summary>
    void CutPrimary(string reason);

    /// <summary>Closes the connections of backups.</summary>
    void DropBackups(string reason);

    /// <summary>Says something to the primary.</summary>
    void SayToPrimary(string words);

    /// <summary>Says something to the backup, behind what was written before.</summary>
    void SayToBackup(in PairMessage message);

    /// <summary>Closes the connections of clients; when it is so on all threads, the callback is called.</summary>
    void CloseClients(Action done);

    /// <summary>Closes the connections of Sentinels; the callback gets the number of the last connection that was
    /// accepted by then, those that waited for it included.</summary>
    void CloseSentinels(Action<long> done);
}
