using SessionGateway.Store.Mutations;

namespace SessionGateway.Store.Segments.Writing;

/// <summary>Who hears of writes. Used under the shard's lock.</summary>
internal interface IWriteListener
{
    /// <summary>True when somebody wants to hear of effects.</summary>
    bool IsTold { get; }

    /// <summary>A write, with the bytes that were written.</summary>
    void Tell(Mutation mutation);

    /// <summary>A write that the reserve is for was refused.</summary>
    void NoteReserveRefused();
}
