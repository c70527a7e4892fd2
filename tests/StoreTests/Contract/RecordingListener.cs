using System.Text;
using SessionGateway.Store.Mutations;

namespace SessionGateway.StoreTests.Contract;

/// <summary>Writes down every effect.</summary>
public sealed class RecordingListener : IMutationListener
{
    /// <summary>One line per effect.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Positions, in the order of delivery.</summary>
    public List<long> Positions { get; } = [];

    /// <summary>True: reads are told, too.</summary>
    public bool WantsAccesses { get; init; }

    /// <inheritdoc/>
    public void OnMutation(in Mutation mutation)
    {
        Positions.Add(mutation.Position);
        string name = $"{mutation.Database}:{Encoding.Latin1.GetString(mutation.Key)}";
        string value = Encoding.Latin1.GetString(mutation.Head) + Encoding.Latin1.GetString(mutation.Tail);
        Lines.Add(mutation.Kind switch
        {
            MutationKind.Put => $"put {name} {value} {mutation.ExpiresAt} {mutation.Cas}",
            MutationKind.Refreshed => $"refresh {name} {value} {mutation.ExpiresAt}",
            MutationKind.Spliced =>
                $"splice {name} {value} at {mutation.SpliceOffset} +{Encoding.Latin1.GetString(mutation.Inserted)}",
            MutationKind.ExpiryChanged => $"expiry {name} {mutation.ExpiresAt}",
            MutationKind.Removed => $"{mutation.Reason} {name}",
            MutationKind.Flushed => $"flush {mutation.Database}",
            MutationKind.Accessed => $"read{Accessed(mutation)}",
            _ => mutation.Kind == MutationKind.GroupBegin ? "(" : ")",
        });
    }

    private static string Accessed(in Mutation mutation)
    {
        string text = "";
        for (var reader = new AccessReader(mutation.Head); reader.MoveNext();)
        {
            text += $" {reader.Database}:{Encoding.Latin1.GetString(reader.Key)}@{reader.At}";
        }

        return text;
    }
}
