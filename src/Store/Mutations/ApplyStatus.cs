namespace SessionGateway.Store.Mutations;

/// <summary>Outcome of <see cref="IMutationSink.Apply"/>.</summary>
public enum ApplyStatus
{
    /// <summary>Done, or kept until its group ends.</summary>
    Applied,

    /// <summary>It changes an item that is not here or is another one.</summary>
    Diverged,

    /// <summary>The memory limit does not allow the item.</summary>
    OutOfMemory,
}
