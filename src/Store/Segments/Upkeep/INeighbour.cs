namespace SessionGateway.Store.Segments.Upkeep;

/// <summary>A shard as the others see it that are short of memory: they try its lock and never wait for it.</summary>
internal interface INeighbour
{
    /// <summary>True while the calling thread holds the lock.</summary>
    bool IsHeld { get; }

    /// <summary>What can be given up here; under the lock.</summary>
    Pressure Pressure { get; }

    /// <summary>Takes the lock if nobody else holds it.</summary>
    bool TryEnter();

    /// <summary>Gives the lock back.</summary>
    void Exit();
}
