using System.Collections.Immutable;
using System.Globalization;

namespace SessionGateway.HostTests.Persistence.Kills;

/// <summary>What a key holds, as a client knows it from its own requests.</summary>
/// <param name="Type">As TYPE says it.</param>
/// <param name="Text">A string.</param>
internal sealed record Held(string Type, string Text = "")
{
    /// <summary>memcached's client flags.</summary>
    public int Flags { get; init; }

    /// <summary>Unix milliseconds at which it ends; 0: never.</summary>
    public long Until { get; init; }

    /// <summary>Its cas unique; 0: the client was not told it.</summary>
    public ulong Cas { get; init; }

    /// <summary>Its cas unique is above this one.</summary>
    public ulong CasFloor { get; init; }

    /// <summary>Fields, members, members with their scores.</summary>
    public ImmutableSortedDictionary<string, string> Entries { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Elements of a list.</summary>
    public ImmutableList<string> Elements { get; init; } = [];

    /// <summary>A collection without entries is none.</summary>
    public Held? OrNothing() => Type != "string" && Entries.IsEmpty && Elements.IsEmpty ? null : this;

    /// <summary>Whether what was found is this.</summary>
    /// <param name="then">What the client knows.</param>
    /// <param name="found">What was read.</param>
    /// <param name="before">Unix milliseconds before the reading.</param>
    /// <param name="after">Unix milliseconds after it.</param>
    public static bool Fits(Held? then, Held? found, long before, long after)
    {
        bool isOver = then is { Until: > 0 } && then.Until <= before;
        if (then is null || isOver || found is null)
        {
            return found is null && (then is null || isOver || (then.Until > 0 && then.Until <= after));
        }

        return then.Type == found.Type && then.Until == found.Until && then.Flags == found.Flags
            && then.Text == found.Text && then.Entries.SequenceEqual(found.Entries)
            && then.Elements.SequenceEqual(found.Elements)
            && (then.Type != "string" || (found.Cas > then.CasFloor && (then.Cas == 0 || then.Cas == found.Cas)));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Type} '{(Text.Length > 40 ? Text[..40] + "…" + Text.Length : Text)}' flags {Flags} until {Until} cas {Cas} "
            + $"(> {CasFloor}) {Entries.Count} entries {string.Join(',', Elements.Take(9))}");
}
