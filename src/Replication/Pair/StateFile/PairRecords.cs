namespace SessionGateway.Replication.Pair.StateFile;

/// <summary>
/// The state file of a node: the newest record, and the one before it. A crash at any moment of a writing leaves the
/// one or the other, whole; a damaged newest one makes the one before it doubtful.
/// </summary>
public sealed class PairRecords
{
    /// <summary>Name of the newest record's file.</summary>
    public const string Newest = "pair.state";

    /// <summary>Name of the file of the record before.</summary>
    public const string Before = "pair.state.old";

    /// <summary>Name of a file that is being written.</summary>
    public const string Next = "pair.state.new";

    private readonly IPairStorage _storage;
    private long _number;
    private bool _hasNewest;

    /// <summary>The records of a directory.</summary>
    public PairRecords(IPairStorage storage) => _storage = storage;

    /// <summary>Reads what is there.</summary>
    public PairPast Load()
    {
        PairRecord? best = null;
        bool isNewer = false;
        bool isDoubtful = false;
        foreach (string name in new[] { Newest, Next, Before })
        {
            if (_storage.Read(name) is not { } bytes)
            {
                continue;
            }

            PairFileStatus status = PairFile.TryDecode(bytes, out PairRecord? record, out long number);
            isNewer |= status == PairFileStatus.Newer;
            _hasNewest |= name == Newest && status == PairFileStatus.Whole;
            if (status == PairFileStatus.Whole && (best is null || number > _number))
            {
                best = record;
                _number = number;
                // A crash never leaves the one before alone: the next one is whole before a name is changed.
                isDoubtful = name == Before;
            }
        }

        return new PairPast(best, isDoubtful, isNewer);
    }

    /// <summary>Writes a record; when it returns, a start after any crash finds it.</summary>
    public void Save(PairRecord record)
    {
        byte[] bytes = PairFile.Encode(record, _number + 1);
        _storage.Write(Next, bytes);
        if (_hasNewest)
        {
            _storage.Rename(Newest, Before);
        }

        _storage.Rename(Next, Newest);
        _storage.SyncDirectory();
        _number++;
        _hasNewest = true;
    }
}
