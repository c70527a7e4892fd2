// The .NET half of the shop in php-samples/app/index.php: the same user, the same cart, the same session.
// /net   /net?do=add&item=NAME   /net?do=login&user=NAME   /net?do=logout   /net/cart (only reads)
using Microsoft.AspNetCore.Http;
using SessionGateway.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
IConfigurationSection settings = builder.Configuration.GetSection("Session");
builder.Services.AddSharedSession(options =>
{
    options.Endpoint = settings["Endpoint"] ?? options.Endpoint;
    options.Password = settings["Password"];
    options.Serializer = Enum.Parse<SharedSessionSerializer>(settings["Serializer"] ?? "Php");
    options.Layout = settings["Handler"] switch
    {
        null or "redis" => SessionKeyLayout.PhpRedis(),
        "memcached" => SessionKeyLayout.PhpMemcached(),
        "memcache" => SessionKeyLayout.PeclMemcache(),
        var other => throw new ArgumentException($"Session:Handler is redis, memcached or memcache, not {other}"),
    };

    // As php.ini has it here: session.cookie_secure is off, since this sample speaks plain HTTP.
    options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;

    // Whoever signs in gets a new id, without a line in the pages.
    options.RegenerateIdOn.Add("user");
});

WebApplication app = builder.Build();
app.UseSharedSession();

app.MapGet("/net", async (HttpContext context, string? @do, string? user, string? item) =>
{
    SharedSession session = await context.SharedSessionAsync();
    switch (@do)
    {
        case "login":
            session.Set("user", user ?? "guest");
            break;
        case "add":
            session.Array("cart").Append().Set(item ?? "something");
            break;
        case "logout":
            session.Destroy();
            return View(session);
        default:
            break;
    }

    session.Set("visits", (session["visits"].TryGetInt64(out long visits) ? visits : 0) + 1);
    return View(session);
});

// Waits for nobody's lock: for parts of a page that only show something.
app.MapGet("/net/cart", async (HttpContext context) =>
{
    return View(await context.SharedSessionAsync());
}).WithReadOnlySession();

app.Run();

static IResult View(SharedSession session)
{
    string? user = session["user"].TryGetString(out string? name) ? name : null;
    return Results.Json(new
    {
        node = "net",
        greeting = user is null ? "Who are you?" : $"Hello {user}",
        user,
        visits = session["visits"].TryGetInt64(out long visits) ? visits : 0,
        cart = session["cart"].Exists ? session["cart"].AsMap().Select(entry => entry.Value.ToString()).ToArray() : [],
    });
}
