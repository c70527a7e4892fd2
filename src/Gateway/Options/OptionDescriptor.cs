namespace SessionGateway.Gateway.Options;

/// <summary>Everything about one option; command line, files, environment, help and documentation are made from
/// it.</summary>
internal sealed record OptionDescriptor
{
    /// <summary>Name on the command line, without the dashes.</summary>
    public required string Name { get; init; }

    /// <summary>Another name on the command line; null: there is none.</summary>
    public string? ShortName { get; init; }

    /// <summary>Placeholder for the value in the help; empty for a switch.</summary>
    public required string Value { get; init; }

    /// <summary>What it does, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Where the default comes from.</summary>
    public required string Origin { get; init; }

    /// <summary>Values that are accepted.</summary>
    public required string Range { get; init; }

    /// <summary>The value in some options, as a user would write it.</summary>
    public required Func<GatewayOptions, string> Show { get; init; }

    /// <summary>Takes the values.</summary>
    public required OptionSetter Set { get; init; }

    /// <summary>True when it may be given several times.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>The default, as a user would write it.</summary>
    public string Default => Show(GatewayOptions.Default);

    /// <summary>True when its name alone switches it on.</summary>
    public bool IsSwitch => Value.Length == 0;

    /// <summary>Name in the environment: <c>max-value</c> is GATEWAY_MAX_VALUE.</summary>
    public string EnvironmentName => EnvironmentSource.Prefix + Name.Replace('-', '_').ToUpperInvariant();

    /// <summary>Name in a file: <c>max-value</c> is MaxValue.</summary>
    public string FileName => string.Concat(Name.Split('-').Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
