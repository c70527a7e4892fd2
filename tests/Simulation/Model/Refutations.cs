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
            ["R3"] = (Without(PairRules.PromotionNeedsLease | PairRules.Evidence, Faults.Forced), 12),
            ["R5 offset, T6"] = (Without(PairRules.LeaseNeedsData, Faults.Crash, 2), 19),
            ["R6"] = (Without(PairRules.AloneNeedsMajority, Faults.Forced), 13),
            ["R6 fresh"] = (Without(PairRules.AloneNeedsFresh, Faults.Forced), 15),
            ["R6 evidence, T1"] = (Without(PairRules.Evidence, Faults.Forced), 12),
            ["N1, T7"] = (Without(PairRules.AloneOnDisk, Faults.Crash, 2), 10),
        };

    private static ModelOptions Without(PairRules rules, Faults faults, int budget = 1) =>
        new() { Rules = Rules & ~rules, Faults = faults, Budget = budget };
}
