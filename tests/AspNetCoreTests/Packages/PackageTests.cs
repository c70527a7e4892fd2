using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using SessionGateway.CompatTests.Harness;

namespace SessionGateway.AspNetCoreTests.Packages;

/// <summary>What somebody gets who installs the packages.</summary>
public sealed class PackageTests
{
    [Theory]
    [InlineData("Sessions", "SessionGateway.Sessions")]
    [InlineData("AspNetCore", "SessionGateway.AspNetCore")]
    public void A_package_is_fit_to_publish(string project, string id)
    {
        using var directory = new TempDirectory();
        Pack(project, directory);
        using ZipArchive package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(directory.Path, "*.nupkg")));
        XElement metadata = XDocument.Load(package.GetEntry($"{id}.nuspec")!.Open()).Root!.Elements().Single();
        string Value(string name) =>
            metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

        Assert.Equal(id, Value("id"));
        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.Equal("https://example.org/project", Value("projectUrl"));
        Assert.Contains("session", Value("tags").Split(' '));
        Assert.NotEqual("", Value("description"));
        Assert.NotEqual("Package Description", Value("description"));
        Assert.NotEqual(id, Value("authors"));
        string[] expected = project == "Sessions" ? [] : ["SessionGateway.Sessions", "StackExchange.Redis"];
        Assert.Equal(expected, metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value).Order());

        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        Assert.Contains($"lib/net10.0/{id}.dll", files);
        Assert.Contains($"lib/net10.0/{id}.xml", files);
        Assert.Contains("icon.png", files);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        string text = readme.ReadToEnd();
        Assert.StartsWith($"# {id}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("](", text.Replace("](https://", "", StringComparison.Ordinal), StringComparison.Ordinal);
        AssertIsDeterministic(package.GetEntry($"lib/net10.0/{id}.dll")!);

        using ZipArchive symbols = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(directory.Path, "*.snupkg")));
        Assert.Contains($"lib/net10.0/{id}.pdb", symbols.Entries.Select(entry => entry.FullName));
    }

    private static void Pack(string project, TempDirectory directory)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } path
            ? path : "dotnet";
        string configuration = AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal)
            ? "Release" : "Debug";
        Tool.Run(dotnet,
        [
            "pack", Path.Combine(Repository.Root, "src", project), "-c", configuration, "--no-build", "--nologo", "-o",
            directory.Path,
            "-p:ProjectUrl=https://example.org/project",
        ]).Succeeded();
    }

    private static void AssertIsDeterministic(ZipArchiveEntry library)
    {
        var bytes = new MemoryStream();
        using (Stream stream = library.Open())
        {
            stream.CopyTo(bytes);
        }

        bytes.Position = 0;
        using var image = new PEReader(bytes);
        Assert.Contains(image.ReadDebugDirectory(), entry => entry.Type == DebugDirectoryEntryType.Reproducible);
    }
}
