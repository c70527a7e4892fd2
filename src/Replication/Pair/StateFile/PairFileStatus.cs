namespace SessionGateway.Replication.Pair.StateFile;

/// <summary>What bytes of a state file are.</summary>
public enum PairFileStatus : byte
{
    /// <summary>A record.</summary>
    Whole,

    /// <summary>Cut off, or not what was written.</summary>
    Damaged,

    /// <summary>Of a version that is not known here.</summary>
    Newer,
}
