using System.Text;
using SessionGateway.Store;

namespace SessionGateway.UnitTests.Replication;

/// <summary>The items of a store with what clients do not see.</summary>
internal sealed class Items : CountingVisitor
{
    private readonly List<string> _lines = [];
    private int _database;

    /// <summary>A line for each item of the databases 0 and 5: flags, cas unique, expiry, bytes of strings.</summary>
    public static List<string> Of(ItemStore store, string except = "")
    {
        var items = new Items();
        foreach (int database in (int[])[0, 5])
        {
            items._database = database;
            for (ulong cursor = store.Scan(database, 0, 1000, 1, items); cursor != 0;)
            {
                cursor = store.Scan(database, cursor, items.Seen + 1000, 1, items);
            }
        }

        items._lines.RemoveAll(line => except.Length > 0 && line.Contains(except, StringComparison.Ordinal));
        items._lines.Sort(StringComparer.Ordinal);
        return [.. items._lines.Distinct()];
    }

    public override bool WantsValues => true;

    protected override void OnItem(ReadOnlySpan<byte> key, in ItemView item) => _lines.Add(
        $"{_database} {Encoding.Latin1.GetString(key)} {item.Type} {item.Flags} {item.Cas} {item.ExpiresAt}"
        + (item.Type == ItemType.String ? Convert.ToHexString(item.Value) : ""));
}
