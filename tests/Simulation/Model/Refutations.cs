using SessionGateway.Replication.Pair;

namespace SessionGateway.Simulation.Model;

/// <summary>
/// What each rule is good for: without it the model finds a way to lose what a client was told. The number of steps is
/// that of a shortest way, so it changes only with the rules or the model.
/// </summary>
internal static class Refutations
{
    private const PairRules Rules = PairRules.All & ~PairRules.Relinquish;

    /// <summary>By rule and trace.</summary>
    public static IReadOnlyDictionary<string, (ModelOptions Options, int Steps)> All { get; } =
        new Dictionary<string, (ModelOptions, int)>
        {
            ["R2"] = (Without(PairRules.AckWaits, Faults.Forced), 9),
            ["R2 reads, N7"] = (Without(PairRules.ReadWaits, Faults.Forced), 10),
            ["R3"] = (Without(PairRules.PromotionNeedsLease | PairRules.Evidence, Faults.Forced), 12),
            ["R5 primary, T4"] = (Without(PairRules.GrantRunsOut, Faults.Forced), 12),
            ["R5 backup"] = (Without(PairRules.LeaseRunsOut, Faults.Forced), 15),
            ["R5 offset, T6"] = (Without(PairRules.LeaseNeedsData, Faults.Crash, 2), 19),
            ["R6"] = (Without(PairRules.AloneNeedsMajority, Faults.Forced), 13),
            ["R6 fresh"] = (Without(PairRules.AloneNeedsFresh, Faults.Forced), 15),
            ["R6 base"] = (Without(PairRules.AloneNeedsBase, Faults.Forced), 15),
            ["R6 evidence, T1"] = (Without(PairRules.Evidence, Faults.Forced), 12),
            ["N1, T7"] = (Without(PairRules.AloneOnDisk, Faults.Crash, 2), 10),
            ["N2"] = (Without(PairRules.RestartDoubts, Faults.Crash), 7),
            ["G13 and R12, T8"] =
                (Without(PairRules.FollowNeedsEpoch | PairRules.AttachNeedsEpoch, Faults.Forced), 13),
            ["config epoch in place of the base"] = (new()
            {
                Variant = BaseVariant.ConfigEpoch, Rules = Rules & ~PairRules.Evidence, Faults = Faults.Forced,
            }, 12),
            ["base of each Sentinel"] = (new()
            {
                Variant = BaseVariant.PerSentinel, Faults = Faults.Forced,
                Rules = Rules & ~(PairRules.Evidence | PairRules.AloneNeedsBase),
            }, 12),
        };

    private static ModelOptions Without(PairRules rules, Faults faults, int budget = 1) =>
        new() { Rules = Rules & ~rules, Faults = faults, Budget = budget };
}
