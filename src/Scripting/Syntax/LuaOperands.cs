namespace SessionGateway.Scripting.Syntax;

/// <summary>
/// What arithmetic works on, for messages about strings that are no numbers: Lua 5.4 asks the strings first and so
/// does not say it. Known where a line has one operation of a kind.
/// </summary>
internal sealed class LuaOperands
{
    private readonly Dictionary<(string Operation, int Line), (string? Left, string? Right)> _names = [];
    private readonly HashSet<(string Operation, int Line)> _ambiguous = [];

    /// <summary>Notes an operation.</summary>
    public void Add(string sign, int line, string? left, string? right)
    {
        (string, int) place = (EventOf(sign), line);
        if (!_names.TryAdd(place, (left, right)))
        {
            _ambiguous.Add(place);
        }
    }

    /// <summary>The name of an operand as messages say it, or null.</summary>
    public string? Find(string operation, int line, bool isRight) =>
        !_ambiguous.Contains((operation, line)) && _names.TryGetValue((operation, line), out (string? Left,
            string? Right) names)
            ? (isRight ? names.Right : names.Left) : null;

    private static string EventOf(string sign) => sign switch
    {
        "+" => "__add",
        "-" => "__sub",
        "*" => "__mul",
        "/" => "__div",
        "%" => "__mod",
        "^" => "__pow",
        _ => "__unm",
    };
}
