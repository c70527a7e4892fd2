using System.Xml.Linq;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Rooms refer only to rooms they may see.</summary>
internal static class ProjectArrows
{
    /// <summary>The names of the projects a project file refers to.</summary>
    public static IEnumerable<string> References(SourceFile project) =>
        XDocument.Parse(project.Text).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

    /// <summary>What a room refers to and may not.</summary>
    public static IEnumerable<string> Violations(string room, IEnumerable<string> references)
    {
        if (!Rooms.Arrows.TryGetValue(room, out string[]? allowed))
        {
            return [$"{room}: has no place in the house"];
        }

        return references.Where(r => !allowed.Contains(r)).Select(r => $"{room} must not see {r}");
    }
}
