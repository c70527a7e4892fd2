using SessionGateway.CompatTests.Harness;

namespace SessionGateway.HouseTests.Support;

/// <summary>The projects of the product, and which other one each may see.</summary>
internal static class Rooms
{
    /// <summary>The room of a library that lives in other people's web applications: it has their host's
    /// services.</summary>
    public const string Guest = "AspNetCore";

    /// <summary>The room of the executable: it sees all, and it alone touches sockets, threads and clocks.</summary>
    public const string Shell = "Gateway";

    /// <summary>What each room may see. A room that is not here has no place in the house yet.</summary>
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>
    {
        ["Protocols"] = [],
        ["Store"] = [],
        ["Sessions"] = [],
        ["AspNetCore"] = ["Sessions"],
        ["Scripting"] = ["Protocols"],
        ["Commands"] = ["Protocols", "Store", "Sessions", "Scripting"],
        ["Durability"] = ["Store"],
        ["Replication"] = ["Protocols", "Store", "Durability"],
        ["Upstream"] = ["Store"],
        [Shell] = ["Protocols", "Store", "Sessions", "Scripting", "Commands", "Durability", "Replication", "Upstream"],
    };

    /// <summary>The rooms that are built.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")).Select(d => Path.GetFileName(d)!)
            .Order()];

    /// <summary>The assembly name of a room.</summary>
    public static string AssemblyOf(string room) => room == Shell ? "gateway" : $"SessionGateway.{room}";

    /// <summary>The room of an assembly name; null when it is none of ours.</summary>
    public static string? RoomOf(string assembly) => Arrows.Keys.FirstOrDefault(room => AssemblyOf(room) == assembly);
}
