namespace SessionGateway.Scripting.Syntax;

/// <summary>A function of the text: its variables that are visible now.</summary>
internal sealed class LuaScope(LuaScope? parent, int line, bool isVararg)
{
    /// <summary>The function around it; null for the main function.</summary>
    public LuaScope? Parent { get; } = parent;

    /// <summary>Where it begins.</summary>
    public int Line { get; } = line;

    /// <summary>It has <c>...</c>.</summary>
    public bool IsVararg { get; set; } = isVararg;

    /// <summary><c>...</c> was used: then it has no <c>arg</c>.</summary>
    public bool UsesVararg { get; set; }

    /// <summary>The name <c>arg</c> was used.</summary>
    public bool UsesArg { get; set; }

    /// <summary>A call is returned.</summary>
    public bool ReturnsCall { get; set; }

    /// <summary>Loops around the place that is read.</summary>
    public int Loops { get; set; }

    /// <summary>Visible local variables, the innermost last.</summary>
    public List<string> Locals { get; } = [];

    /// <summary>What kind of variable a name is, as messages say it.</summary>
    public string KindOf(string name)
    {
        if (Locals.Contains(name))
        {
            return "local";
        }

        for (LuaScope? outer = Parent; outer is not null; outer = outer.Parent)
        {
            if (outer.Locals.Contains(name))
            {
                return "upvalue";
            }
        }

        return "global";
    }
}
