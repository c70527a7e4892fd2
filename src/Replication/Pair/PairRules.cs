namespace SessionGateway.Replication.Pair;

/// <summary>
/// The rules by name. All of them hold in the product; the model leaves single ones out to show what they are good for.
/// </summary>
[Flags]
internal enum PairRules
{
    /// <summary>No rule.</summary>
    None = 0,

    /// <summary>R2: a reply waits for the backup.</summary>
    AckWaits = 1 << 0,

    /// <summary>R2, N7: nobody reads what is not acknowledged.</summary>
    ReadWaits = 1 << 1,

    /// <summary>R3: only a backup whose lease runs is promoted.</summary>
    PromotionNeedsLease = 1 << 2,

    /// <summary>R4: the primary hands over before the backup takes over.</summary>
    Handshake = 1 << 3,

    /// <summary>R5 at the primary: it waits for the end of what it granted.</summary>
    GrantRunsOut = 1 << 4,

    /// <summary>R5 at the backup: its lease runs out.</summary>
    LeaseRunsOut = 1 << 5,

    /// <summary>R5': a stop of the node ends its lease.</summary>
    StopEndsLease = 1 << 6,

    /// <summary>R5: only a backup that has all that is acknowledged gets a lease.</summary>
    LeaseNeedsData = 1 << 7,

    /// <summary>R6: a majority of Sentinels says that nobody was elected.</summary>
    AloneNeedsMajority = 1 << 8,

    /// <summary>R6: it said so after the grant ran out.</summary>
    AloneNeedsFresh = 1 << 9,

    /// <summary>R6: their epochs are not above what both nodes agreed on.</summary>
    AloneNeedsBase = 1 << 10,

    /// <summary>R6 at the backup: a majority of Sentinels shows an epoch above what both nodes agreed on.</summary>
    Evidence = 1 << 11,

    /// <summary>R7: who hears that the other one is primary stops.</summary>
    Fence = 1 << 12,

    /// <summary>R8: who was promoted without an answer serves when Sentinel names it.</summary>
    Confirm = 1 << 13,

    /// <summary>R9: who hears nobody stops.</summary>
    SilenceFences = 1 << 14,

    /// <summary>R10: who was stopped serves nobody until it knows.</summary>
    StopFences = 1 << 15,

    /// <summary>R10: it knows from two Sentinels, not from one.</summary>
    LiftNeedsMajority = 1 << 16,

    /// <summary>N1: who goes on alone has its log on the disk first.</summary>
    AloneOnDisk = 1 << 17,

    /// <summary>N2: who restarts as one of two does not know.</summary>
    RestartDoubts = 1 << 18,

    /// <summary>N6: to be promoted twice is no error.</summary>
    PromotionRepeats = 1 << 19,

    /// <summary>G13: an acting primary follows nobody without an epoch.</summary>
    FollowNeedsEpoch = 1 << 20,

    /// <summary>R12: nobody takes data of an older epoch than its own.</summary>
    AttachNeedsEpoch = 1 << 21,

    /// <summary>G14: a node without data takes it only from whom a majority names.</summary>
    AttachNeedsMajority = 1 << 22,

    /// <summary>RELINQUISH: who may not decide says so, and the other one may.</summary>
    Relinquish = 1 << 23,

    /// <summary>All of them.</summary>
    All = (1 << 24) - 1,
}
