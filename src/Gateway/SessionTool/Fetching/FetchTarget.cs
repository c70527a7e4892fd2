using System.Globalization;
using SessionGateway.Gateway.Options;

namespace SessionGateway.Gateway.SessionTool.Fetching;

/// <summary>What to ask for, and whom.</summary>
/// <param name="Key">The key.</param>
/// <param name="Address">The server.</param>
/// <param name="Database">The database.</param>
/// <param name="User">The user to log in as, with <paramref name="Password"/>.</param>
/// <param name="Password">The password; null to do without a login.</param>
internal sealed record FetchTarget(string Key, ListenAddress Address, int Database, string User, string? Password)
{
    private const string DefaultEndpoint = "127.0.0.1:11211";

    private static readonly string[] AuthVariables = ["GATEWAY_AUTH", "GATEWAY_AUTH__0"];

    /// <summary>What the arguments of a session command say.</summary>
    /// <exception cref="SessionToolException">They say something that is none.</exception>
    public static FetchTarget From(ToolArguments arguments)
    {
        string endpoint = arguments.Value(ToolVerbs.Endpoint) ?? DefaultEndpoint;
        if (!ListenAddress.TryParse(endpoint, out ListenAddress? address, out string? problem))
        {
            throw new SessionToolException($"--endpoint: '{endpoint}': {problem}");
        }

        string database = arguments.Value(ToolVerbs.Database) ?? "0";
        if (!int.TryParse(database, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw new SessionToolException($"--db: '{database}' is no number");
        }

        string? auth = arguments.Value(ToolVerbs.Auth)
            ?? AuthVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        int colon = auth?.IndexOf(':') ?? -1;
        return new FetchTarget(arguments.Operand, address!, number,
            colon < 0 ? FetchErrors.DefaultUser : auth![..colon],
            colon < 0 ? auth : auth![(colon + 1)..]);
    }
}
