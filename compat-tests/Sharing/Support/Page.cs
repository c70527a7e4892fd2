using System.Text.Json;

namespace SessionGateway.CompatTests.Sharing.Support;

/// <summary>What a page of either site answers.</summary>
public sealed record Page
{
    /// <summary>HTTP status.</summary>
    public int Status { get; init; }

    /// <summary>The session id, as far as the page tells.</summary>
    public string Sid { get; init; } = "";

    /// <summary>The variables that both sides can show.</summary>
    public Dictionary<string, JsonElement> Session { get; init; } = [];

    /// <summary>.NET: whether the session could be read.</summary>
    public bool Available { get; init; } = true;

    /// <summary>PHP: session_encode().</summary>
    public byte[] Encoded { get; init; } = [];

    /// <summary>PHP: whether its objects are still the same ones.</summary>
    public bool Friends { get; init; }

    /// <summary>PHP: whether its references are still references.</summary>
    public bool Linked { get; init; }

    /// <summary>PHP: whether its enum cases are still cases.</summary>
    public bool Gold { get; init; }

    /// <summary>PHP: warnings.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>A variable as text; null where there is none.</summary>
    public string? this[string name] => Session.TryGetValue(name, out JsonElement value) ? value.ToString() : null;
}
