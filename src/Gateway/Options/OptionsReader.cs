using System.Collections;

namespace SessionGateway.Gateway.Options;

/// <summary>Puts the options together: defaults, then file, then environment, then command line; the later
/// wins.</summary>
internal static class OptionsReader
{
    /// <summary>The file that is read when <c>--config</c> names no other; it need not exist.</summary>
    public const string DefaultFile = "appsettings.json";

    /// <summary>Reads all sources and checks the result.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="programDirectory">Where <see cref="DefaultFile"/> is looked for.</param>
    /// <param name="isAgent">They are for <c>gateway agent</c>: the file beside the program is a gateway's.</param>
    /// <exception cref="StartupException">Something is wrong with one of them.</exception>
    public static GatewayOptions Read(
        CommandLineArguments arguments, IDictionary variables, string programDirectory, bool isAgent = false)
    {
        GatewayOptions options = isAgent ? GatewayOptions.Agent : GatewayOptions.Default;
        if (!isAgent || arguments.ConfigFile is not null)
        {
            Apply(FromFile(arguments.ConfigFile, programDirectory), ref options);
        }

        Apply(EnvironmentSource.Read(variables), ref options);
        Apply(arguments.Settings, ref options);
        GatewayOptionsValidator.Check(options);
        return options;
    }

    private static IEnumerable<OptionSetting> FromFile(string? named, string programDirectory)
    {
        string path = named ?? Path.Combine(programDirectory, DefaultFile);
        return named is not null || File.Exists(path) ? FileSource.Read(path) : [];
    }

    private static void Apply(IEnumerable<OptionSetting> settings, ref GatewayOptions options)
    {
        foreach (OptionSetting setting in settings)
        {
            if (setting.Option.Set(setting.Values, ref options) is { } problem)
            {
                throw new StartupException($"{setting.GivenAs}: {problem}");
            }
        }
    }
}
