namespace SessionGateway.Gateway.SessionTool;

/// <summary>The arguments of a session command, taken apart: <c>--name value</c>, <c>--name=value</c>, <c>--switch</c>,
/// an operand.</summary>
internal sealed class ToolArguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly ToolVerb _verb;
    private readonly string _prefix;
    private string? _operand;

    private ToolArguments(ToolVerb verb, string prefix) => (_verb, _prefix) = (verb, prefix);

    /// <summary>True when <c>--help</c> was among the arguments.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>Whether <see cref="Operand"/> is there.</summary>
    public bool HasOperand => _operand is not null;

    /// <summary>The one argument that is no option.</summary>
    /// <exception cref="SessionToolException">It is missing.</exception>
    public string Operand =>
        _operand ?? throw new SessionToolException($"{_prefix}{_verb.Operand} is missing; try --help");

    /// <summary>Takes arguments apart.</summary>
    /// <param name="verb">What they are given to.</param>
    /// <param name="args">The arguments behind its name.</param>
    /// <param name="prefix">What errors begin with: "show: ", or nothing where the program's name says it.</param>
    /// <exception cref="SessionToolException">Unknown option, missing or surplus value, a second operand.</exception>
    public static ToolArguments Parse(ToolVerb verb, ReadOnlySpan<string> args, string prefix)
    {
        var result = new ToolArguments(verb, prefix);
        bool optionsEnded = false;
        for (int i = 0; i < args.Length; i++)
        {
            string argument = args[i];
            if (argument == "--" && !optionsEnded)
            {
                optionsEnded = true;
            }
            else if (optionsEnded || argument == "-" || !argument.StartsWith('-'))
            {
                result.SetOperand(argument);
            }
            else if (argument is "--help" or "-h")
            {
                result.WantsHelp = true;
            }
            else
            {
                result.SetOption(argument, i + 1 < args.Length ? args[i + 1] : null, out bool tookNext);
                i += tookNext ? 1 : 0;
            }
        }

        return result;
    }

    /// <summary>Whether a switch is there.</summary>
    public bool Has(ToolOption option) => _values.ContainsKey(option.Name);

    /// <summary>The value of an option; null where it is not there.</summary>
    public string? Value(ToolOption option) => _values.GetValueOrDefault(option.Name);

    /// <summary>The value of an option that must be there.</summary>
    /// <exception cref="SessionToolException">It is not.</exception>
    public string Required(ToolOption option) =>
        Value(option) ?? throw new SessionToolException($"{_prefix}{option.Name} is missing; try --help");

    private void SetOperand(string argument)
    {
        _operand = _operand is null
            ? argument
            : throw new SessionToolException($"{_prefix}unexpected argument '{argument}'; try --help");
    }

    private void SetOption(string argument, string? next, out bool tookNext)
    {
        int equals = argument.IndexOf('=');
        string name = equals < 0 ? argument : argument[..equals];
        ToolOption option = _verb.Options.FirstOrDefault(o => o.Name == name)
            ?? throw new SessionToolException($"{_prefix}unknown option '{name}'; try --help");
        tookNext = option.Value is not null && equals < 0;
        string? value = option.Value is null ? "" : equals < 0 ? next : argument[(equals + 1)..];
        if (value is null || (option.Value is null && equals >= 0))
        {
            throw new SessionToolException(
                $"{_prefix}{name} {(value is null ? "needs a value" : "takes no value")}");
        }

        if (!_values.TryAdd(name, value))
        {
            throw new SessionToolException($"{_prefix}{name} is given twice");
        }
    }
}
