namespace SessionGateway.Commands.Resp;

/// <summary>What COMMAND tells about a command, and what is checked before it runs.</summary>
/// <param name="Name">Lower case; of a subcommand with its container before it: <c>client|id</c>.</param>
/// <param name="Arity">Arguments with the name; negative: at least so many.</param>
/// <param name="Flags">Flags.</param>
internal sealed record CommandDescriptor(string Name, int Arity, CommandFlags Flags)
{
    /// <summary>Categories that do not follow from the flags.</summary>
    public AclCategories Categories { get; init; }

    /// <summary>Advice for clients that talk to several servers.</summary>
    public string[] Tips { get; init; } = [];

    /// <summary>Where the keys are.</summary>
    public KeySpec[] Keys { get; init; } = [];

    /// <summary>Documentation group.</summary>
    public required string Group { get; init; }

    /// <summary>Version of Redis that had it first.</summary>
    public required string Since { get; init; }

    /// <summary>One sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Cost.</summary>
    public required string Complexity { get; init; }

    /// <summary>Name without a container.</summary>
    public string ShortName => Name[(Name.IndexOf('|') + 1)..];

    /// <summary>True when calls may name keys.</summary>
    public bool HasKeys => Array.Exists(Keys, k => k.Access != KeyAccess.NotKey);

    /// <summary>First key argument, 0 without a plain range of keys.</summary>
    public int FirstKey => Range.First;

    /// <summary>Last key argument, negative counted from the end.</summary>
    public int LastKey => Range.Last;

    /// <summary>Distance of keys.</summary>
    public int KeyStep => Range.Step;

    /// <summary>True when the range is all keys there are: none is counted by an argument.</summary>
    public bool HasPlainKeys => Range.First > 0 && Keys.All(spec => !spec.IsCounted);

    /// <summary>All categories (redis acl.c, setImplicitACLCategories).</summary>
    public AclCategories AllCategories
    {
        get
        {
            AclCategories all = Categories;
            all |= Flags.HasFlag(CommandFlags.Write) ? AclCategories.Write : 0;
            all |= Flags.HasFlag(CommandFlags.ReadOnly) && !Categories.HasFlag(AclCategories.Scripting)
                ? AclCategories.Read : 0;
            all |= Flags.HasFlag(CommandFlags.Admin) ? AclCategories.Admin | AclCategories.Dangerous : 0;
            all |= Flags.HasFlag(CommandFlags.PubSub) ? AclCategories.PubSub : 0;
            all |= Flags.HasFlag(CommandFlags.Fast) ? AclCategories.Fast : AclCategories.Slow;
            all |= Flags.HasFlag(CommandFlags.Blocking) ? AclCategories.Blocking : 0;
            return all;
        }
    }

    // Ranges that follow each other are one (redis server.c, populateCommandLegacyRangeSpec).
    private (int First, int Last, int Step) Range
    {
        get
        {
            if (Keys is [{ IsCounted: false } only])
            {
                return (only.First, only.Last < 0 ? only.Last : only.First + only.Last, only.Step);
            }

            (int first, int last) = (0, 0);
            foreach (KeySpec spec in Keys)
            {
                if (!spec.IsCounted && spec.Step == 1 && (first == 0 || last == spec.First - 1))
                {
                    first = first == 0 ? spec.First : first;
                    last = spec.Last < 0 ? spec.Last : spec.First + spec.Last;
                }
            }

            return (first, last, first == 0 ? 0 : 1);
        }
    }

    /// <summary>True when the number of arguments, name included, is allowed.</summary>
    public bool Allows(int count) => Arity > 0 ? count == Arity : count >= -Arity;
}
