// The .NET side of compat-tests/Sharing, a process of its own so that it can be killed. Its pages answer like those of
// compat-tests/Sharing/app/page.php: {"sid", "session"}, and do what `do` says.
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;
using SessionGateway.Sessions;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
IConfigurationSection settings = builder.Configuration.GetSection("Session");
builder.Services.AddSharedSession(options =>
{
    options.Endpoint = $"{settings["Endpoint"]},connectTimeout=60000,syncTimeout=60000";
    options.Layout = settings["Handler"] switch
    {
        "memcached" => SessionKeyLayout.PhpMemcached(),
        "tomcat" => SessionKeyLayout.TomcatMsm(),
        _ => SessionKeyLayout.PhpRedis(),
    };
    options.Serializer = Enum.Parse<SharedSessionSerializer>(settings["Serializer"] ?? "Php");
    // A busy machine may come near to the defaults.
    options.LockWait = options.OperationTimeout = TimeSpan.FromMinutes(1);
    options.LockLifetime = TimeSpan.FromSeconds(double.Parse(settings["LockSeconds"] ?? "30"));
    options.IdPattern = settings["IdPattern"] ?? options.IdPattern;
    options.StrictMode = bool.Parse(settings["Strict"] ?? "true");
    options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
});

WebApplication app = builder.Build();
app.UseSharedSession();
app.MapGet("/", async (HttpContext context, string? @do, string? name, string? value) =>
{
    SharedSession session = await context.SharedSessionAsync();
    switch (@do)
    {
        case "count":
            session.Set("n", (session["n"].TryGetInt64(out long n) ? n : 0) + 1);
            break;
        case "set":
            session.Set(name!, value!);
            break;
        case "append":
            session.Array(name!).Append().Set(value!);
            break;
        case "logout":
            session.Destroy();
            break;
        case "throw":
            session.Set("n", -1);
            throw new InvalidOperationException("as asked");
        case "hang":
            session.Set("n", -1);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
            break;
        default:
            break;
    }

    return Results.Json(
        new { sid = session.IsNew ? "" : session.Id, available = session.IsAvailable, session = View(session) });
});
app.MapGet("/read", async (HttpContext context) =>
{
    SharedSession session = await context.SharedSessionAsync();
    return Results.Json(new { sid = "", available = session.IsAvailable, session = View(session) });
}).WithReadOnlySession();
app.Run();

// Scalars and lists of them: what the tests compare.
static JsonObject View(SharedSession session)
{
    var view = new JsonObject();
    foreach ((SessionKey key, SessionValue value) in session.Variables)
    {
        view[key.ToString()] = value.TryGetInt64(out long number) ? number
            : value.TryGetString(out string? text) ? text
            : value.Kind == SessionGateway.Sessions.SessionKind.Map
                ? new JsonArray([.. value.AsMap().Select(entry => (JsonNode)entry.Value.ToString())])
            : value.ToString();
    }

    return view;
}
