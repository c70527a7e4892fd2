namespace SessionGateway.Store.Collections;

/// <summary>How far a <see cref="TreeCopy"/> has come.</summary>
public enum CopyStatus
{
    /// <summary>There is more to copy.</summary>
    Unfinished,

    /// <summary>The copy is whole.</summary>
    Done,

    /// <summary>The original was written to or is gone, or the database of the copy was flushed.</summary>
    Changed,

    /// <summary>Memory is out.</summary>
    OutOfMemory,
}
