using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SessionGateway.Store;

/// <summary>
/// How often the watched keys of a shard were touched. A touch is a write, a change of the expiry or an end on demand,
/// whether or not it changed anything that can be seen. Keys are told apart by their hash: two of them would have to
/// agree in 64 seeded bits to be taken for one, and then a watcher would only see a touch too many. Used under the
/// shard's lock.
/// </summary>
public sealed class KeyWatches
{
    // More than that goes back when nearly all of it is empty.
    private const int KeptCapacity = 64;

    private readonly Dictionary<ulong, Watch> _watches = [];

    /// <summary>Watched keys.</summary>
    public int Count => _watches.Count;

    /// <summary>Begins a watch; each one is ended by <see cref="Remove"/>.</summary>
    /// <returns>Touches until now, to be compared with <see cref="TouchesOf"/> later.</returns>
    public long Add(in ItemKey key)
    {
        ref Watch watch = ref CollectionsMarshal.GetValueRefOrAddDefault(_watches, key.Hash, out _);
        watch.Watchers++;
        return watch.Touches;
    }

    /// <summary>Ends a watch.</summary>
    public void Remove(in ItemKey key)
    {
        ref Watch watch = ref CollectionsMarshal.GetValueRefOrNullRef(_watches, key.Hash);
        Debug.Assert(!Unsafe.IsNullRef(ref watch) && watch.Watchers > 0, "a watch ends that did not begin");
        if (--watch.Watchers == 0)
        {
            _watches.Remove(key.Hash);
            if (_watches.Capacity > KeptCapacity && _watches.Count < _watches.Capacity / 8)
            {
                _watches.TrimExcess();
            }
        }
    }

    /// <summary>Touches of a key that is watched.</summary>
    public long TouchesOf(in ItemKey key) => _watches[key.Hash].Touches;

    /// <summary>Counts a touch, if somebody watches the key.</summary>
    public void Touch(in ItemKey key)
    {
        if (_watches.Count > 0)
        {
            TouchWatched(key.Hash);
        }
    }

    private void TouchWatched(ulong hash)
    {
        ref Watch watch = ref CollectionsMarshal.GetValueRefOrNullRef(_watches, hash);
        if (!Unsafe.IsNullRef(ref watch))
        {
            watch.Touches++;
        }
    }

    private struct Watch
    {
        public int Watchers;
        public long Touches;
    }
}
