namespace SessionGateway.Protocols.Rdb;

/// <summary>Takes what is read of a value.</summary>
public interface IRdbVisitor
{
    /// <summary>Takes a string, or an entry.</summary>
    /// <returns>False when no more is wanted.</returns>
    bool Visit(in RdbElement element);
}
