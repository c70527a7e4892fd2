using SessionGateway.Protocols.Rdb;
using SessionGateway.Store;
using SessionGateway.Store.Collections;

namespace SessionGateway.Commands.Resp.Keys.Dumping;

/// <summary>Puts what is read of a payload into a collection that nobody sees yet; its shard is held.</summary>
internal sealed class RestoredEntries(StagedCollection staged, ItemType type, CommandContext context) : IRdbVisitor
{
    // Entries of one block, which is read at one moment: about 50 ms.
    private const int MostInBlock = 65_536;

    // An entry is looked for and written, about a microsecond.
    private const int UnitsPerEntry = 1;

    private int _inBlock;

    /// <summary>Why no more was taken; <see cref="ElementWrite.Added"/> as long as all is well.</summary>
    public ElementWrite Outcome { get; private set; } = ElementWrite.Added;

    /// <summary>A block has more entries than are read at one moment.</summary>
    public bool IsTooMuch => _inBlock > MostInBlock;

    /// <summary>The next block begins.</summary>
    public void BeginBlock() => _inBlock = 0;

    public bool Visit(in RdbElement element)
    {
        context.Spend(UnitsPerEntry);

        // A field whose time is over is not there.
        if (++_inBlock <= MostInBlock && (element.ExpiresAt == 0 || element.ExpiresAt > context.Now))
        {
            var entry = new ElementEntry
            {
                Name = element.Name, Value = element.Value, Score = element.Score, ExpiresAt = element.ExpiresAt,
            };
            Outcome = CollectionsByType.Add(staged.Shard, staged.Key, type, entry, context.Now);
        }

        return Outcome == ElementWrite.Added && !IsTooMuch;
    }
}
