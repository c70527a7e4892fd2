namespace SessionGateway.Store.Collections;

/// <summary>Receives places of a list inside the shard's lock; must not call back into the store.</summary>
public interface IPlaceVisitor
{
    /// <summary>One place, from 0 at the start of the list.</summary>
    /// <returns>False to see no more.</returns>
    bool Visit(long place);
}
