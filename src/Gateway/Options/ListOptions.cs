using SessionGateway.Commands;

namespace SessionGateway.Gateway.Options;

/// <summary>Setters of the options that are lists.</summary>
internal static class ListOptions
{
    private const string DefaultUser = "default";

    /// <summary>Reads <c>--listen</c>.</summary>
    public static string? SetListen(IReadOnlyList<string> values, ref GatewayOptions options)
    {
        var addresses = new List<ListenAddress>();
        foreach (string value in values)
        {
            if (!ListenAddress.TryParse(value, out ListenAddress? address, out string? problem))
            {
                return $"'{value}': {problem}";
            }

            addresses.Add(address!);
        }

        options = options with { Listen = addresses };
        return addresses.Count > 0 ? null : "at least one address is needed";
    }

    /// <summary>Reads <c>--auth</c>. Problems do not repeat the value: it is a secret.</summary>
    public static string? SetAuth(IReadOnlyList<string> values, ref GatewayOptions options)
    {
        var entries = new List<(string User, string Password)>();
        foreach (string value in values)
        {
            int colon = value.IndexOf(':');
            string user = colon < 0 ? DefaultUser : value[..colon];
            string password = value[(colon + 1)..];
            if (user.Length == 0 || password.Length == 0)
            {
                return user.Length == 0 ? "the user before ':' is empty" : "the password is empty";
            }

            if (Credentials.WhyNobodyCanLogIn(user, password) is { } problem)
            {
                return problem;
            }

            entries.Add((user, password));
        }

        options = options with { Auth = entries };
        return null;
    }
}
