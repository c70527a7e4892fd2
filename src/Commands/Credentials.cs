using System.Security.Cryptography;
using System.Text;

namespace SessionGateway.Commands;

/// <summary>Who may log in. Without any entry no login is needed.</summary>
public sealed class Credentials
{
    /// <summary>
    /// Longest name and <see cref="MaxPasswordBytes">longest password</see> in UTF-8. A SASL message holds the name
    /// twice, and all of it has to be in what a stranger may send.
    /// </summary>
    public const int MaxUserBytes = 255;

    /// <summary>Longest password in UTF-8.</summary>
    public const int MaxPasswordBytes = 1024;

    private readonly (byte[] User, byte[] Password)[] _entries;

    /// <summary>Makes the list from user names (<c>default</c> for a bare password) and passwords.</summary>
    public Credentials(IEnumerable<(string User, string Password)> entries) =>
        _entries = [.. entries.Select(e => (Encoding.UTF8.GetBytes(e.User), Encoding.UTF8.GetBytes(e.Password)))];

    /// <summary>
    /// What is wrong with a name or a password that no client could log in with over one of the protocols; null when
    /// all can. Does not repeat either.
    /// </summary>
    public static string? WhyNobodyCanLogIn(string user, string password) =>
        Encoding.UTF8.GetByteCount(user) > MaxUserBytes ? $"the user has more than {MaxUserBytes} bytes"
        : Encoding.UTF8.GetByteCount(password) > MaxPasswordBytes
            ? $"the password has more than {MaxPasswordBytes} bytes"
        : user.AsSpan().ContainsAny(' ', '\0') ? "the user has a blank, at which the memcached text login ends a name"
        : password.Contains('\0') ? "the password has a NUL, at which SASL ends it"
        : password.Length > 0 && password.Trim(' ').Length == 0
            ? "the password has only blanks, which the memcached text login cannot tell from none"
        : null;

    /// <summary>True when connections must log in first.</summary>
    public bool AreRequired => _entries.Length > 0;

    /// <summary>True when there is such a user.</summary>
    public bool Knows(string user) =>
        user == "default" || _entries.Any(entry => Encoding.UTF8.GetString(entry.User) == user);

    /// <summary>The password of a user, for a login elsewhere; null when there is no such user.</summary>
    public byte[]? PasswordOf(string user) =>
        Array.Find(_entries, entry => Encoding.UTF8.GetString(entry.User) == user).Password;

    /// <summary>True when the user exists with this password. Takes the same time whatever part is wrong.</summary>
    public bool Accepts(ReadOnlySpan<byte> user, ReadOnlySpan<byte> password)
    {
        bool accepted = false;
        foreach ((byte[] knownUser, byte[] knownPassword) in _entries)
        {
            accepted |= CryptographicOperations.FixedTimeEquals(user, knownUser)
                & CryptographicOperations.FixedTimeEquals(password, knownPassword);
        }

        return accepted;
    }
}
