namespace SessionGateway.Gateway.Options;

/// <summary>One option as one source gives it.</summary>
/// <param name="Option">Which option.</param>
/// <param name="GivenAs">How the user wrote its name, for messages: <c>--memory</c>, <c>GATEWAY_MEMORY</c>.</param>
/// <param name="Values">Its values in order.</param>
internal sealed record OptionSetting(OptionDescriptor Option, string GivenAs, IReadOnlyList<string> Values);
