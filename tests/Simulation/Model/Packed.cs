namespace SessionGateway.Simulation.Model;

/// <summary>A world in 256 bits.</summary>
internal readonly record struct Packed(ulong A, ulong B, ulong C, ulong D)
{
    public ulong Hash()
    {
        ulong hash = A * 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 29) ^ B) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 32) ^ C) * 0x94D049BB133111EB;
        hash = (hash ^ (hash >> 29) ^ D) * 0x9E3779B97F4A7C15;
        return hash ^ (hash >> 32);
    }
}
