namespace SessionGateway.Simulation.Model;

/// <summary>
/// All worlds that can come to be, breadth first, so that the first way to a violation is a shortest one. Worlds are
/// kept exactly, not as hashes.
/// </summary>
internal sealed class Explorer
{
    private readonly PairModel _model;
    private readonly int _limit;
    private Packed[] _worlds = new Packed[1 << 16];
    private int[] _parents = new int[1 << 16];
    private ushort[] _actions = new ushort[1 << 16];
    private int[] _slots = new int[1 << 18];
    private int _count;

    public Explorer(PairModel model, int limit)
    {
        _model = model;
        _limit = limit;
    }

    /// <summary>Worlds found.</summary>
    public int Count => _count;

    /// <summary>Whether these are all.</summary>
    public bool IsExhaustive { get; private set; }

    /// <summary>What is wrong with the last world found; null when nothing is.</summary>
    public string? Violation { get; private set; }

    /// <summary>Steps tried.</summary>
    public long Steps { get; private set; }

    /// <summary>How often each kind of step led to a new world.</summary>
    public long[] Uses { get; } = new long[64];

    /// <summary>Explores until nothing is new, something is wrong, or there are too many.</summary>
    public void Run()
    {
        var next = new List<Successor>();
        World world = _model.Initial();
        Add(WorldCodec.Pack(world), -1, 0);
        for (int i = 0; i < _count; i++)
        {
            WorldCodec.Unpack(_worlds[i], out world);
            next.Clear();
            _model.Next(world, true, next);
            Steps += next.Count;
            foreach (Successor successor in next)
            {
                if (Find(successor.World) < 0)
                {
                    Add(successor.World, i, successor.Action);
                    Uses[successor.Action >> 8]++;
                    WorldCodec.Unpack(successor.World, out World found);
                    Violation = PairModel.Violation(found);
                    if (Violation != null || _count >= _limit)
                    {
                        return;
                    }
                }
            }
        }

        IsExhaustive = true;
    }

    /// <summary>The way to a world.</summary>
    public List<string> Trace(int index)
    {
        var trace = new List<string>();
        for (; _parents[index] >= 0; index = _parents[index])
        {
            trace.Add(Successor.Name(_actions[index]));
        }

        trace.Reverse();
        return trace;
    }

    /// <summary>A world's bits.</summary>
    public Packed PackedAt(int index) => _worlds[index];

    /// <summary>A world.</summary>
    public World WorldAt(int index)
    {
        WorldCodec.Unpack(_worlds[index], out World world);
        return world;
    }

    /// <summary>Worlds from which no way leads to a primary that acknowledges, without another fault.</summary>
    public List<int> Stuck(Func<World, bool> isJudged)
    {
        bool[] isGood = new bool[_count];
        var left = new List<int>();
        for (int i = _count - 1; i >= 0; i--)
        {
            isGood[i] = _model.IsLive(WorldAt(i));
            if (!isGood[i])
            {
                left.Add(i);
            }
        }

        var next = new List<Successor>();
        for (bool isChanged = true; isChanged;)
        {
            isChanged = false;
            var still = new List<int>();
            foreach (int i in left)
            {
                World world = WorldAt(i);
                next.Clear();
                _model.Next(world, false, next);
                isGood[i] = next.Exists(n => isGood[Find(n.World)]);
                isChanged |= isGood[i];
                if (!isGood[i])
                {
                    still.Add(i);
                }
            }

            left = still;
        }

        left.RemoveAll(i => !isJudged(WorldAt(i)));
        left.Sort();
        return left;
    }

    private int Find(Packed world)
    {
        int mask = _slots.Length - 1;
        for (int slot = (int)world.Hash() & mask; _slots[slot] != 0; slot = (slot + 1) & mask)
        {
            if (_worlds[_slots[slot] - 1] == world)
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    private void Add(Packed world, int parent, ushort action)
    {
        if (_count == _worlds.Length)
        {
            Array.Resize(ref _worlds, _count * 2);
            Array.Resize(ref _parents, _count * 2);
            Array.Resize(ref _actions, _count * 2);
            _slots = new int[_count * 8];
            for (int i = 0; i < _count; i++)
            {
                Place(_worlds[i], i);
            }
        }

        _worlds[_count] = world;
        _parents[_count] = parent;
        _actions[_count] = action;
        Place(world, _count);
        _count++;
    }

    private void Place(Packed world, int index)
    {
        int mask = _slots.Length - 1;
        int slot = (int)world.Hash() & mask;
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = index + 1;
    }
}
