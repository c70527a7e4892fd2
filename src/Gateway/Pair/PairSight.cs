using SessionGateway.Replication.Pair;

namespace SessionGateway.Gateway.Pair;

/// <summary>Looks at what a step of a pair's node came to, on the pair's thread.</summary>
internal delegate void PairSight(in PairState state);
