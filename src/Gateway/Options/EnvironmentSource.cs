using System.Collections;
using System.Globalization;

namespace SessionGateway.Gateway.Options;

/// <summary>Options from environment variables: GATEWAY_MEMORY, GATEWAY_LISTEN__0. Empty variables count as
/// absent.</summary>
internal static class EnvironmentSource
{
    /// <summary>What the names of all our variables start with.</summary>
    public const string Prefix = "GATEWAY_";

    /// <summary>Not an option, because command lines are seen by everybody: the keys of the log.</summary>
    public const string DataKey = "GATEWAY_DATA_KEY";

    private const string IndexMark = "__";

    /// <summary>Reads the variables that start with <see cref="Prefix"/>.</summary>
    /// <exception cref="StartupException">One of them names no option.</exception>
    public static IEnumerable<OptionSetting> Read(IDictionary variables)
    {
        var found = new Dictionary<OptionDescriptor, SortedList<int, (string Name, string Value)>>();
        foreach (DictionaryEntry variable in variables)
        {
            string name = (string)variable.Key;
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && !IsNotMeantForUs(name)
                && variable.Value is string { Length: > 0 } value)
            {
                Add(found, name, value);
            }
        }

        return found.Select(pair => new OptionSetting(
            pair.Key, pair.Value.Values[0].Name, [.. pair.Value.Values.Select(v => v.Value)]));
    }

    // Kubernetes gives every pod GATEWAY_SERVICE_HOST, GATEWAY_PORT, GATEWAY_PORT_11211_TCP… of a service named
    // "gateway", and docker links do the same. GATEWAY_DLL tells our tests which build to start.
    private static bool IsNotMeantForUs(string name) =>
        name is "GATEWAY_PORT" or "GATEWAY_DLL" or "GATEWAY_NAME" or DataKey
        || name.StartsWith("GATEWAY_PORT_", StringComparison.Ordinal)
        || name.StartsWith("GATEWAY_SERVICE_", StringComparison.Ordinal);

    private static void Add(
        Dictionary<OptionDescriptor, SortedList<int, (string Name, string Value)>> found, string name, string value)
    {
        string optionName = name[Prefix.Length..];
        int index = 0;
        int mark = optionName.LastIndexOf(IndexMark, StringComparison.Ordinal);
        bool isIndexed = mark > 0 && int.TryParse(
            optionName.AsSpan(mark + IndexMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index);
        OptionDescriptor? option = OptionTable.Find(isIndexed ? optionName[..mark] : optionName);
        if (option is null || (isIndexed && !option.IsRepeatable))
        {
            throw new StartupException($"environment: unknown option '{name}'");
        }

        if (!found.TryGetValue(option, out SortedList<int, (string, string)>? values))
        {
            found[option] = values = [];
        }

        if (!values.TryAdd(index, (name, value)))
        {
            throw new StartupException($"environment: '{name}' and '{values[index].Item1}' say the same twice");
        }
    }
}
