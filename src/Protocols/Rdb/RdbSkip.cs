namespace SessionGateway.Protocols.Rdb;

/// <summary>
/// Finds the end of a stream or of a module's value, part by part (redis 7.2 rdb.c, rdbLoadObject). What is in them is
/// not looked at.
/// </summary>
internal struct RdbSkip
{
    private readonly int _level;
    private readonly bool _isModule;
    private Part _part;
    private ulong _left;
    private ulong _groups;
    private ulong _consumers;

    /// <summary>Begins at the start of a value.</summary>
    /// <param name="type">A stream or a module.</param>
    public RdbSkip(RdbType type)
    {
        _isModule = type == RdbType.Module;
        _level = type switch { RdbType.Stream3 => 3, RdbType.Stream2 => 2, _ => 1 };
        _part = _isModule ? Part.ModuleName : Part.NodeCount;
    }

    private enum Part
    {
        ModuleName,
        ModulePart,
        NodeCount,
        Node,
        Head,
        GroupCount,
        Group,
        Pending,
        ConsumerCount,
        Consumer,
        ConsumerPending,
        End,
    }

    /// <summary>True when all was stepped over.</summary>
    public readonly bool IsAtEnd => _part == Part.End;

    /// <summary>Steps over a part. Where the cursor fails, nothing is changed.</summary>
    public void Step(ref RdbCursor cursor)
    {
        RdbSkip before = this;
        if (_isModule)
        {
            StepModule(ref cursor);
        }
        else
        {
            StepStream(ref cursor);
        }

        if (!cursor.IsRight)
        {
            this = before;
        }
    }

    // A number that says what follows: 0 the end, 1 and 2 a length, 3 four bytes, 4 eight, 5 a string.
    private void StepModule(ref RdbCursor cursor)
    {
        ulong code = cursor.Length();
        if (_part == Part.ModuleName)
        {
            _part = Part.ModulePart;
            return;
        }

        switch (code)
        {
            case 0:
                _part = Part.End;
                break;
            case 1 or 2:
                cursor.Length();
                break;
            case 3:
                cursor.Int32();
                break;
            case 4:
                cursor.Int64();
                break;
            case 5:
                cursor.String();
                break;
            default:
                cursor.Fail(RdbError.Type);
                break;
        }
    }

    private void StepStream(ref RdbCursor cursor)
    {
        switch (_part)
        {
            case Part.NodeCount:
                _left = cursor.Length();
                _part = _left == 0 ? Part.Head : Part.Node;
                break;
            case Part.Node:
                cursor.String();
                cursor.String();
                _part = --_left == 0 ? Part.Head : Part.Node;
                break;
            case Part.Head:
                Lengths(ref cursor, _level >= 2 ? 8 : 3);
                _part = Part.GroupCount;
                break;
            case Part.GroupCount:
                _groups = cursor.Length();
                _part = _groups == 0 ? Part.End : Part.Group;
                break;
            case Part.Group:
                cursor.String();
                Lengths(ref cursor, _level >= 2 ? 3 : 2);
                _left = cursor.Length();
                _part = _left == 0 ? Part.ConsumerCount : Part.Pending;
                break;
            default:
                StepGroup(ref cursor);
                break;
        }
    }

    private void StepGroup(ref RdbCursor cursor)
    {
        const int id = 16;
        switch (_part)
        {
            case Part.Pending:
                cursor.Take(id);
                cursor.Int64();
                cursor.Length();
                _part = --_left == 0 ? Part.ConsumerCount : Part.Pending;
                break;
            case Part.ConsumerCount:
                _consumers = cursor.Length() + 1;
                NextConsumer();
                break;
            case Part.Consumer:
                cursor.String();
                cursor.Take(_level >= 3 ? 2 * sizeof(long) : sizeof(long));
                _left = cursor.Length() + 1;
                NextPending();
                break;
            default:
                cursor.Take(id);
                NextPending();
                break;
        }
    }

    private void NextPending()
    {
        _part = Part.ConsumerPending;
        if (--_left == 0)
        {
            NextConsumer();
        }
    }

    private void NextConsumer()
    {
        _part = --_consumers > 0 ? Part.Consumer : --_groups > 0 ? Part.Group : Part.End;
    }

    private static void Lengths(ref RdbCursor cursor, int count)
    {
        for (; count > 0; count--)
        {
            cursor.Length();
        }
    }
}
