namespace SessionGateway.Store.Mutations;

/// <summary>Takes mutations of another store, in their order, without telling anybody who listens here.</summary>
public interface IMutationSink
{
    /// <summary>One mutation. Those of a group have their effect together, when it ends.</summary>
    /// <returns>Not <see cref="ApplyStatus.Applied"/>: this store is not as the other was, and can only begin
    /// anew.</returns>
    ApplyStatus Apply(in Mutation mutation);
}
