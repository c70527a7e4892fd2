using SessionGateway.Sessions;

namespace SessionGateway.AspNetCore.State;

/// <summary>The variables that say who the user is, as they were when the session was read.</summary>
internal sealed class IdentityWatch
{
    private readonly IList<string> _names;
    private readonly SessionTree _before = new();

    public IdentityWatch(IList<string> names, SessionMap variables)
    {
        _names = names;
        foreach (string name in names)
        {
            if (variables.TryGetValue(name, out SessionValue value))
            {
                _before.Variables.Put(name).Set(value);
            }
        }
    }

    /// <summary>Whether one of them was set to something else. Removing them is no sign-in.</summary>
    public bool HasChanged(SessionMap variables) => _names.Any(name =>
        variables.TryGetValue(name, out SessionValue now) && !now.IsNull
        && !(_before.Variables.TryGetValue(name, out SessionValue before) && before.ContentEquals(now)));
}
