namespace SessionGateway.Gateway.Options;

/// <summary>Who may use the file of a unix socket: <c>?mode=0770&amp;group=www-data</c> behind its path.</summary>
/// <param name="Mode">Permissions; null = what the umask of the process leaves.</param>
/// <param name="Group">Name or number of its group; null = the process's.</param>
internal sealed record UnixSocketAccess(UnixFileMode? Mode, string? Group)
{
    // 0777
    private const int AllBits = 0x1ff;

    private const string ModeName = "mode";
    private const string GroupName = "group";

    /// <summary>Nothing is asked for.</summary>
    public static UnixSocketAccess Default { get; } = new(null, null);

    /// <summary>Reads what follows the question mark.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    public static string? Parse(string text, out UnixSocketAccess access)
    {
        access = Default;
        foreach (string part in text.Split('&'))
        {
            int equals = part.IndexOf('=');
            string name = equals < 0 ? part : part[..equals];
            string value = equals < 0 ? "" : part[(equals + 1)..];
            switch (name)
            {
                case ModeName when access.Mode is null:
                    if (ParseMode(value) is not { } mode)
                    {
                        return $"'{value}' is not a mode such as 0770 (octal, at most 0777)";
                    }

                    access = access with { Mode = mode };
                    break;
                case GroupName when access.Group is null:
                    if (value.Length == 0)
                    {
                        return "the name of the group is empty";
                    }

                    access = access with { Group = value };
                    break;
                case ModeName or GroupName:
                    return $"'{name}' is given twice";
                default:
                    return $"'{part}' is none of mode=OCTAL, group=NAME";
            }
        }

        return null;
    }

    /// <summary>What <see cref="Parse"/> reads, with its question mark; empty for nothing.</summary>
    public override string ToString()
    {
        string mode = Mode is { } m ? $"{ModeName}=0{Convert.ToString((int)m, 8).PadLeft(3, '0')}" : "";
        string group = Group is null ? "" : $"{GroupName}={Group}";
        string both = mode.Length > 0 && group.Length > 0 ? $"{mode}&{group}" : mode + group;
        return both.Length > 0 ? "?" + both : "";
    }

    private static UnixFileMode? ParseMode(string text)
    {
        int mode = 0;
        foreach (char c in text)
        {
            if (c is < '0' or > '7' || mode > AllBits)
            {
                return null;
            }

            mode = (mode * 8) + (c - '0');
        }

        return text.Length >= 3 && mode <= AllBits ? (UnixFileMode)mode : null;
    }
}
