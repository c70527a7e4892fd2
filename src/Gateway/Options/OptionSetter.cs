namespace SessionGateway.Gateway.Options;

/// <summary>Reads the text of an option into the options.</summary>
/// <param name="values">The values one source gives; exactly one unless the option is repeatable.</param>
/// <param name="options">Replaced by a copy with the new value.</param>
/// <returns>What is wrong with the values; null when they were taken.</returns>
internal delegate string? OptionSetter(IReadOnlyList<string> values, ref GatewayOptions options);
