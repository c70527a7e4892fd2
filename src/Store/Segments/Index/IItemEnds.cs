namespace SessionGateway.Store.Segments.Index;

/// <summary>Ends items whose place is known, and tells of it.</summary>
internal interface IItemEnds
{
    /// <summary>Ends an item.</summary>
    /// <returns>True when its segment is gone.</returns>
    bool End(in ItemKey key, in Place place, RemoveReason reason);
}
