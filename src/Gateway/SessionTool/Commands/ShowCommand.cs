using System.Globalization;
using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.SessionTool.Opening;

namespace SessionGateway.Gateway.SessionTool.Commands;

/// <summary><c>gateway session show KEY</c>.</summary>
internal static class ShowCommand
{
    private const string DefaultEndpoint = "127.0.0.1:11211";

    private static readonly string[] AuthVariables = ["GATEWAY_AUTH", "GATEWAY_AUTH__0"];

    /// <summary>Fetches, opens and prints.</summary>
    /// <exception cref="SessionToolException">One of them is not possible.</exception>
    public static void Run(ToolArguments arguments)
    {
        // Before anybody is asked for anything.
        if (arguments.Value(ToolVerbs.Format) is { } format)
        {
            SessionOpening.Format(format);
        }

        StoredValue value = SessionFetch.Get(Target(arguments));
        OpenedSession session = SessionOpening.Open(
            value, arguments.Value(ToolVerbs.Format), arguments.Value(ToolVerbs.Compression));
        SessionPrinter.Print(value, session, arguments);
    }

    private static FetchTarget Target(ToolArguments arguments)
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
