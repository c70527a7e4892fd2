using System.Globalization;
using System.Text;
using SessionGateway.Store.Mutations;

namespace SessionGateway.DurabilityTests.Support;

/// <summary>Everything of a mutation that a log must carry, as text to compare.</summary>
internal static class MutationText
{
    public static string Of(in Mutation m)
    {
        bool hasValue = m.Kind != MutationKind.Refreshed;
        ReadOnlySpan<byte> head = !hasValue ? default : m.Kind == MutationKind.Spliced ? m.Inserted : m.Head;
        string value = m.Kind == MutationKind.Element
            ? $"{Text(head)}|{Text(m.Tail)}"
            : Text(head) + (hasValue && m.Kind != MutationKind.Spliced ? Text(m.Tail) : "");
        return string.Create(CultureInfo.InvariantCulture,
            $"{m.Kind} {m.Position} at {m.At} db {m.Database} '{Text(m.Key)}' flags {m.Flags} {m.Type} {m.Form} "
                + $"cas {m.Cas} until {m.ExpiresAt} read {m.Marks.WasRead} anonymous {m.Marks.IsAnonymous} "
                + $"splice {m.SpliceOffset} {m.SpliceRemoved} {m.SpliceInserted} {m.SplicedLength} "
                + $"{m.Element} {m.Score:R} {m.Index} {m.Count} {m.Reason} = {value}");
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
