namespace SessionGateway.Replication.Pair;

/// <summary>Whom an address names, as this node sees it.</summary>
public enum PairName : byte
{
    /// <summary>Neither node of the pair.</summary>
    Nobody,

    /// <summary>This node.</summary>
    Self,

    /// <summary>The other node.</summary>
    Peer,
}
