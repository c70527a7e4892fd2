using System.Xml.Linq;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests.Checks;

/// <summary>Versions of packages stand in Directory.Packages.props, and only those that are used.</summary>
internal static class Packages
{
    /// <summary>Versions elsewhere.</summary>
    public static IEnumerable<string> VersionsIn(SourceFile project) =>
        from reference in XDocument.Parse(project.Text).Descendants("PackageReference")
        where reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null
            || reference.Elements().Any(e => e.Name.LocalName is "Version" or "VersionOverride")
        select $"{project.Path}: {reference.Attribute("Include")?.Value} has a version of its own";

    /// <summary>Packages of the central file that no project uses.</summary>
    public static IEnumerable<string> Unused(SourceFile central, IEnumerable<SourceFile> projects)
    {
        HashSet<string> used =
        [
            .. projects.SelectMany(p => XDocument.Parse(p.Text).Descendants("PackageReference"))
                .Select(r => r.Attribute("Include")!.Value),
        ];
        return XDocument.Parse(central.Text).Descendants("PackageVersion")
            .Select(v => v.Attribute("Include")!.Value).Where(name => !used.Contains(name))
            .Select(name => $"{central.Path}: {name} is used by no project");
    }
}
