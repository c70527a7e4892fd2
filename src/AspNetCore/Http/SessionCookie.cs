using Microsoft.AspNetCore.Http;

namespace SessionGateway.AspNetCore.Http;

/// <summary>The cookie that the stacks share.</summary>
internal sealed class SessionCookie(SharedSessionOptions options)
{
    private string Name => options.Cookie.Name!;

    /// <summary>
    /// What the browser sent; null where there is none. Of several cookies of the name it is the first, as in PHP:
    /// browsers send the one of the longest path first, and both sides must mean the same session.
    /// </summary>
    public string? Read(HttpRequest request)
    {
        foreach (string? header in request.Headers.Cookie)
        {
            foreach (Range range in header.AsSpan().Split(';'))
            {
                ReadOnlySpan<char> pair = header.AsSpan()[range].Trim();
                if (pair.Length > Name.Length && pair[Name.Length] == '='
                    && pair.StartsWith(Name, StringComparison.Ordinal))
                {
                    return Uri.UnescapeDataString(pair[(Name.Length + 1)..].ToString());
                }
            }
        }

        return null;
    }

    /// <summary>Gives the browser an id.</summary>
    public void Write(HttpContext context, string id)
    {
        context.Response.Cookies.Append(Name, id, options.Cookie.Build(context));
        DoNotCache(context);
    }

    /// <summary>Takes the id away from the browser.</summary>
    public void Delete(HttpContext context)
    {
        context.Response.Cookies.Delete(Name, options.Cookie.Build(context));
        DoNotCache(context);
    }

    /// <summary>A stored answer would give one user's id to another.</summary>
    private static void DoNotCache(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "no-cache,no-store";
        headers.Pragma = "no-cache";
        headers.Expires = "-1";
    }
}
