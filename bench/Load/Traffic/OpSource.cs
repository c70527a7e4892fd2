namespace SessionGateway.Bench.Load.Traffic;

/// <summary>Decides what a connection asks next.</summary>
internal abstract class OpSource
{
    /// <summary>False when the connection has nothing left to ask.</summary>
    public abstract bool Next(int connection, out Op op, out int key);
}
