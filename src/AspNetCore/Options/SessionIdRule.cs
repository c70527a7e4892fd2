using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace SessionGateway.AspNetCore.Options;

/// <summary>Which ids are taken from a browser, and how new ones are made.</summary>
internal sealed class SessionIdRule
{
    // PHP's own alphabet for session.sid_bits_per_character = 5: a power of two, so 5 bits of entropy in each
    // character.
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuv";

    // memcached's limit on a key, which contains the id.
    private const int MaxLength = 256;

    private readonly SessionKeyLayout _layout;
    private readonly Regex _pattern;

    public SessionIdRule(SharedSessionOptions options)
    {
        _layout = options.Layout;

        // Anchored here, so that a pattern without anchors cannot be satisfied by a part of the id; without
        // backtracking, because the text comes from strangers.
        _pattern = new Regex(
            $@"\A(?:{options.IdPattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
    }

    /// <summary>Whether an id may be looked up.</summary>
    public bool Accepts(string id) =>
        id.Length is > 0 and <= MaxLength && IsPrintable(id) && _pattern.IsMatch(id) && !_layout.IsKeyOfAnother(id);

    /// <summary>A new id.</summary>
    public string NewId() => RandomNumberGenerator.GetString(Alphabet, _layout.NewIdLength);

    /// <summary>What stands for an id in logs: it tells two sessions apart and opens none.</summary>
    public static string ForLog(string id) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)).AsSpan(0, 4));

    // Whatever the pattern allows: no control characters, no blanks, nothing outside ASCII in a key.
    private static bool IsPrintable(string id) => !id.AsSpan().ContainsAnyExceptInRange('!', '~');
}
