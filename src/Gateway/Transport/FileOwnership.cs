using System.Globalization;
using System.Runtime.InteropServices;

namespace SessionGateway.Gateway.Transport;

/// <summary>Groups of files, which the framework does not set.</summary>
internal static partial class FileOwnership
{
    private const uint KeepUser = uint.MaxValue;

    // struct group of glibc and musl: name, password, gid, members.
    private const int GroupIdOffset = 2 * 8;

    /// <summary>The number of a group given by name or number; null when there is none of that name.</summary>
    public static uint? GroupId(string group)
    {
        if (uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out uint number))
        {
            return number;
        }

        nint entry = GetGroup(group);
        return entry == 0 ? null : (uint)Marshal.ReadInt32(entry, GroupIdOffset);
    }

    /// <summary>Gives a file to a group.</summary>
    /// <returns>0, or the error number.</returns>
    public static int ChangeGroup(string path, uint group) =>
        ChangeOwner(path, KeepUser, group) == 0 ? 0 : Marshal.GetLastPInvokeError();

    [LibraryImport("libc", EntryPoint = "getgrnam", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetGroup(string name);

    [LibraryImport("libc", EntryPoint = "chown", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
