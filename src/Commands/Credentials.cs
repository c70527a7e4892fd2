using System.Security.Cryptography;
using System.Text;

namespace SessionGateway.Commands;

/// <summary>Who may log in. Without any entry no login is needed.</summary>
public sealed class Credentials
{
    private readonly (byte[] User, byte[] Password)[] _entries;

    /// <summary>Makes the list from user names (<c>default</c> for a bare password) and passwords.</summary>
    public Credentials(IEnumerable<(string User, string Password)> entries) =>
        _entries = [.. entries.Select(e => (Encoding.UTF8.GetBytes(e.User), Encoding.UTF8.GetBytes(e.Password)))];

    /// <summary>True when connections must log in first.</summary>
    public bool AreRequired => _entries.Length > 0;

    /// <summary>True when there is such a user.</summary>
    public bool Knows(string user) =>
        user == "default" || _entries.Any(entry => Encoding.UTF8.GetString(entry.User) == user);

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
