
namespace SessionGateway.Gateway.Options;

/// <summary>The command line, taken apart.</summary>
internal sealed class CommandLineArguments
{
    private readonly List<OptionSetting> _settings = [];

    /// <summary>True when <c>--help</c> was among the arguments.</summary>
    public bool WantsHelp { get; private set; }

    /// <summary>True when <c>--version</c> was among the arguments.</summary>
    public bool WantsVersion { get; private set; }

    /// <summary>The file of <c>--config</c>.</summary>
    public string? ConfigFile { get; private set; }

    /// <summary>All options given.</summary>
    public IReadOnlyList<OptionSetting> Settings => _settings;

    /// <summary>Takes the arguments apart: <c>--name value</c>, <c>--name=value</c>, <c>--switch</c>.</summary>
    /// <exception cref="StartupException">Unknown option, missing or surplus value.</exception>
    public static CommandLineArguments Parse(IReadOnlyList<string> args)
    {
        var result = new CommandLineArguments();
        for (int i = 0; i < args.Count; i++)
        {
            string name = args[i];
            string? value = null;
            if (name.StartsWith("--", StringComparison.Ordinal) && name.IndexOf('=') is > 0 and int equals)
            {
                value = name[(equals + 1)..];
                name = name[..equals];
            }

            if (result.TakesNoValue(name))
            {
                Require(value is null, $"{name} takes no value");
                result.AddSwitch(name);
                continue;
            }

            if (name != "--config")
            {
                Known(name);
            }

            if (value is null)
            {
                i++;
                Require(i < args.Count && !args[i].StartsWith("--", StringComparison.Ordinal), $"{name} needs a value");
                value = args[i];
            }

            result.AddValue(name, value);
        }

        return result;
    }

    private static OptionDescriptor Known(string name)
    {
        Require(name.StartsWith('-'), $"unexpected argument '{name}'; try --help");
        OptionDescriptor? option = OptionTable.All.FirstOrDefault(
            o => name == "--" + o.Name || (o.ShortName is not null && name == "--" + o.ShortName));
        return option ?? throw new StartupException($"unknown option '{name}'; try --help");
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
        {
            throw new StartupException(otherwise);
        }
    }

    private bool TakesNoValue(string name) =>
        name is "--help" or "-h" or "--version" || OptionTable.All.Any(o => o.IsSwitch && name == "--" + o.Name);

    private void AddSwitch(string name)
    {
        if (name is "--help" or "-h")
        {
            WantsHelp = true;
        }
        else if (name == "--version")
        {
            WantsVersion = true;
        }
        else
        {
            AddValue(name, "true");
        }
    }

    private void AddValue(string name, string value)
    {
        if (name == "--config")
        {
            Require(ConfigFile is null, "--config is given twice");
            ConfigFile = value;
            return;
        }

        OptionDescriptor option = Known(name);
        int index = _settings.FindIndex(s => s.Option == option);
        if (index < 0)
        {
            _settings.Add(new OptionSetting(option, name, [value]));
            return;
        }

        Require(option.IsRepeatable, $"{name} is given twice");
        _settings[index] = _settings[index] with { Values = [.. _settings[index].Values, value] };
    }
}
