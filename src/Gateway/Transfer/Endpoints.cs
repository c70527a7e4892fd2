using SessionGateway.Gateway.Options;
using SessionGateway.Gateway.SessionTool;
using SessionGateway.Gateway.SessionTool.Fetching;
using SessionGateway.Gateway.Transfer.Sources;
using SessionGateway.Protocols.Resp.Client;

namespace SessionGateway.Gateway.Transfer;

/// <summary>Connections to servers.</summary>
internal static class Endpoints
{
    private const string DefaultEndpoint = "127.0.0.1:11211";

    // A value of 512 MB, or a large collection as one payload, and what a protocol puts around it.
    private const int MostReplyBytes = 1 << 30;

    // A server that saves, or frees a large value, may need a while.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string[] AuthVariables = ["GATEWAY_AUTH", "GATEWAY_AUTH__0"];

    /// <summary>Connects to the gateway that the options name, and logs in.</summary>
    public static RespPipeline ConnectResp(ToolArguments arguments)
    {
        (string User, string Password)? login = Login(arguments);
        return LogIn(Connect(AddressOf(arguments), "gateway"), AddressOf(arguments), login?.User, login?.Password);
    }

    /// <summary>Connects to a server by its address, and logs in with what the environment says.</summary>
    public static RespPipeline ConnectResp(string endpoint)
    {
        ListenAddress address = ListenAddress.TryParse(endpoint, out ListenAddress? parsed, out string? problem)
            ? parsed! : throw new SessionToolException($"'{endpoint}': {problem}");
        string? auth = AuthVariables.Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(v => !string.IsNullOrEmpty(v));
        int colon = auth?.IndexOf(':') ?? -1;
        return LogIn(Connect(address, "node"), address, colon < 0 ? null : auth![..colon], auth?[(colon + 1)..]);
    }

    /// <summary>Connects to a source that speaks RESP, and logs in.</summary>
    public static RespPipeline ConnectResp(SourceUrl source) =>
        LogIn(Connect(source), source.Address, source.User, source.Password);

    private static RespPipeline LogIn(ToolConnection connection, ListenAddress address, string? user, string? password)
    {
        var pipeline = new RespPipeline(connection, address.Place);
        try
        {
            if (password is not null)
            {
                pipeline.Expect("login refused", user is null ? ["AUTH", password] : ["AUTH", user, password]);
            }

            RespReplyReader answer = pipeline.Ask("PING");

            // Of a node of a pair that must not be the primary more is asked than of others.
            if (answer.IsError && !answer.Text.StartsWith("NOTREADY"u8))
            {
                pipeline.Expect("not ready", "PING");
            }

            return pipeline;
        }
        catch
        {
            pipeline.Dispose();
            throw;
        }
    }

    /// <summary>Connects to the gateway that the options name, by memcached's text protocol.</summary>
    public static TextPipeline ConnectText(ToolArguments arguments)
    {
        var pipeline = new TextPipeline(Connect(AddressOf(arguments), "gateway"));
        if (Login(arguments) is { } login)
        {
            pipeline.LogIn($"{login.User} {login.Password}");
        }

        return pipeline;
    }

    /// <summary>Connects to a source.</summary>
    public static ToolConnection Connect(SourceUrl source) => Connect(source.Address, "source");

    private static ToolConnection Connect(ListenAddress address, string peer) =>
        new(address, MostReplyBytes, Patience, peer);

    private static ListenAddress AddressOf(ToolArguments arguments)
    {
        string endpoint = arguments.Value(ToolVerbs.Endpoint) ?? DefaultEndpoint;
        return ListenAddress.TryParse(endpoint, out ListenAddress? address, out string? problem)
            ? address! : throw new SessionToolException($"--endpoint: '{endpoint}': {problem}");
    }

    private static (string User, string Password)? Login(ToolArguments arguments)
    {
        string? auth = arguments.Value(ToolVerbs.Auth)
            ?? AuthVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(v => !string.IsNullOrEmpty(v));
        int colon = auth?.IndexOf(':') ?? -1;
        return auth is null ? null
            : colon < 0 ? (FetchErrors.DefaultUser, auth) : (auth[..colon], auth[(colon + 1)..]);
    }
}
