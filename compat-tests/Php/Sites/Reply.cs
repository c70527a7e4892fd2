using System.Text.Json;

namespace SessionGateway.CompatTests.Php.Sites;

/// <summary>What a page of the application answers.</summary>
internal sealed record Reply
{
    /// <summary>Port of the app server.</summary>
    public int Node { get; init; }

    /// <summary>Process that served the request.</summary>
    public int Pid { get; init; }

    /// <summary>What session_start() returned.</summary>
    public bool Started { get; init; }

    /// <summary>What session_write_close() returned; null when the session was not open any more.</summary>
    public bool? Closed { get; init; }

    /// <summary>What the call returned that the page is about.</summary>
    public bool? Result { get; init; }

    /// <summary>session_id().</summary>
    public string Sid { get; init; } = "";

    /// <summary>session_encode() before the session was closed: the bytes to be stored.</summary>
    public byte[]? Encoded { get; init; }

    /// <summary>$_SESSION as it was read.</summary>
    public Dictionary<string, JsonElement> Seen { get; init; } = [];

    /// <summary>$_SESSION at the end.</summary>
    public Dictionary<string, JsonElement> Data { get; init; } = [];

    /// <summary>Values that a page on an API reports.</summary>
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    /// <summary>Warnings and notices.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>Class and message of the exception that ended the page.</summary>
    public string? Exception { get; init; }

    /// <summary>The user that the session knew when it was read, or null.</summary>
    public string? User => Seen.TryGetValue("user", out JsonElement user) ? user.GetString() : null;

    /// <summary>The counter at the end.</summary>
    public int Count => Data.TryGetValue("n", out JsonElement n) ? n.GetInt32() : 0;

    /// <summary>Everything that went wrong, or null.</summary>
    public string? Complaint => Exception is null && Problems.Length == 0 && Started && Closed != false
        ? null
        : $"started {Started}, closed {Closed}, {Exception} {string.Join("; ", Problems)}";
}
