using System.Buffers.Binary;
using SessionGateway.Store.Collections.Entries;
using SessionGateway.Store.Collections.Pages;

namespace SessionGateway.Store.Collections;

/// <summary>
/// Copies a large collection page by page into another shard or database. The pages stay as they are: all shards and
/// databases have one order of hashes. Used under the locks of both shards; between the steps others may go on, and
/// what they write to the original makes the copy worthless (<see cref="CopyStatus.Changed"/>).
/// </summary>
/// <param name="target">Where the copy goes.</param>
public sealed class TreeCopy(StagedCollection target)
{
    private readonly Stack<Frame> _frames = [];
    private readonly List<ulong> _roots = [];
    private CollectionHead _head;
    private ulong _cas;

    /// <summary>Copies some pages more.</summary>
    /// <param name="from">The shard of the original.</param>
    /// <param name="source">Key of the original, a large collection.</param>
    /// <param name="pages">Most pages to copy.</param>
    /// <param name="now">Unix milliseconds.</param>
    public CopyStatus Step(Shard from, in ItemKey source, int pages, long now)
    {
        if (!target.Exists(now) || !from.TryPeek(source, now, out ItemView item)
            || (_cas != 0 && _cas != item.Cas))
        {
            return CopyStatus.Changed;
        }

        if (_cas == 0)
        {
            _cas = item.Cas;
            _head = CollectionHead.Read(item.Value, out _);
            // Of who has its place: one in the making does not end with its fields.
            _head.Last = 0;
            _frames.Push(new Frame(_head.Root));
        }

        using PinScope pin = from.Collections.Pin(source);
        while (_frames.Count > 0)
        {
            if (pages-- <= 0)
            {
                return CopyStatus.Unfinished;
            }

            if (!TryCopyPage(from.Collections.Pages, source.Database))
            {
                return CopyStatus.OutOfMemory;
            }
        }

        _head.Root = _roots[0];
        _head.OtherRoot = _roots.Count > 1 ? _roots[1] : 0;
        if (!target.TrySet(_head, now))
        {
            return CopyStatus.OutOfMemory;
        }

        _roots.Clear();
        return CopyStatus.Done;
    }

    /// <summary>Gives up what was copied.</summary>
    public void Release(long now)
    {
        if (target.Exists(now))
        {
            PageReclaimer reclaimer = target.Shard.Collections.Reclaimer;
            foreach (ulong root in _roots)
            {
                reclaimer.AddTree(target.Key.Database, root);
            }

            foreach (Frame frame in _frames)
            {
                frame.Done.ForEach(number => reclaimer.AddTree(target.Key.Database, number));
            }

            target.Release(now);
        }
    }

    private bool TryCopyPage(PageStore pages, int database)
    {
        Frame frame = _frames.Peek();
        ReadOnlySpan<byte> page = pages.Peek(database, frame.Number);
        var head = new LeafPage(page);
        EntryKind kind = head.Kind;
        int count = head.Count, capacity = page.Length;
        if (kind == EntryKind.None && frame.Done.Count < count)
        {
            _frames.Push(new Frame(InnerPage.NumberAt(page, frame.Done.Count)));
            return true;
        }

        // The page may be moved for the memory of its copy.
        using var entries = new Scratch(head.Used);
        head.Entries.CopyTo(entries.Span);
        for (int i = 0; kind == EntryKind.None && i < count; i++)
        {
            Child.WriteNumber(entries.Span[(i * InnerPage.ChildBytes)..], frame.Done[i]);
        }

        PageStore to = target.Shard.Collections.Pages;
        ulong number = to.NextNumber();
        if (!to.TryPut(target.Key.Database, number, kind, count, entries.Span, capacity))
        {
            target.Shard.NoteRefused();
            return false;
        }

        Put(number);
        return true;
    }

    private void Put(ulong number)
    {
        _frames.Pop();
        if (_frames.Count > 0)
        {
            _frames.Peek().Done.Add(number);
            return;
        }

        _roots.Add(number);
        if (_roots.Count == 1 && _head.OtherRoot != 0)
        {
            _frames.Push(new Frame(_head.OtherRoot));
        }
    }

    // A page on the way from the root, and the copies of its first children.
    private sealed class Frame(ulong number)
    {
        public ulong Number { get; } = number;

        public List<ulong> Done => field ??= [];
    }
}
