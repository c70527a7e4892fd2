using SessionGateway.Replication.Link;
using SessionGateway.Store.Mutations;

namespace SessionGateway.Replication.Stream;

/// <summary>Writes effects in the form that readers of a history understand.</summary>
internal interface IEffectWriter
{
    /// <summary>True between the first and the last part of a group.</summary>
    bool IsInGroup { get; }

    /// <summary>Somebody begins to read behind what was written: nothing refers to anything before.</summary>
    void ForgetDatabase();

    /// <summary>Writes a mutation; of some nothing is left.</summary>
    void Write(in Mutation mutation);

    /// <summary>Writes that the primary lives.</summary>
    void WritePing();

    /// <summary>Writes what a backup of a pair is told; others are told nothing.</summary>
    void WritePair(in PairMessage message);

    /// <summary>Writes the question how far a replica is.</summary>
    void WriteQuestion();
}
