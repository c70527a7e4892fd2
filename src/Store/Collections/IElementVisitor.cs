namespace SessionGateway.Store.Collections;

/// <summary>Receives entries of a collection inside the shard's lock; must not call back into the store.</summary>
public interface IElementVisitor
{
    /// <summary>One entry.</summary>
    /// <returns>False to see no more; an iteration by cursor goes on to the end of its page all the same.</returns>
    bool Visit(in ElementView element);
}
