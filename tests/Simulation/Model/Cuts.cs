namespace SessionGateway.Simulation.Model;

/// <summary>Directions between the nodes and the Sentinels that can be cut.</summary>
internal static class Cuts
{
    /// <summary>Directions of A: to B, from B, to the Sentinels, from them.</summary>
    public const int OfA = 16;

    /// <summary>With both directions between B and the Sentinels.</summary>
    public const int All = 64;

    /// <summary>Whether bytes get from a node to the other.</summary>
    public static bool Reaches(int cut, int from) => (cut & (from == 0 ? 1 : 2)) == 0;

    /// <summary>Whether bytes get from a node to the Sentinels.</summary>
    public static bool ReachesSentinels(int cut, int from) => (cut & (from == 0 ? 4 : 16)) == 0;

    /// <summary>Whether bytes get from the Sentinels to a node.</summary>
    public static bool HearsSentinels(int cut, int to) => (cut & (to == 0 ? 8 : 32)) == 0;

    public static string Name(int cut)
    {
        string[] names = ["A->B", "B->A", "A->S", "S->A", "B->S", "S->B"];
        return string.Join(' ', names.Where((_, i) => (cut >> i & 1) != 0));
    }
}
