using SessionGateway.CompatTests.Harness;
using SessionGateway.HouseTests.Checks;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests;

public sealed class ProjectTests
{
    private static readonly string[] Roots = ["src", "tests", "compat-tests", "dotnet-samples", "bench"];

    private static SourceFile Central => SourceTree.All.Single(f => f.Path == "Directory.Packages.props");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "Gateway.sln"));
        string[] projects = [.. SourceTree.Projects.Where(p => Roots.Any(p.IsBelow)).Select(p => p.Path)];
        Expect.None(Solution.Violations(solution, projects, Solution.Outside));
    }

    [Fact]
    public void A_project_outside_the_solution_is_found()
    {
        const string solution = """Project("{X}") = "A", "src\A\A.csproj", "{Y}" """;
        var none = new Dictionary<string, string>();
        Expect.None(Solution.Violations(solution, ["src/A/A.csproj"], none));
        Expect.One("src/B/B.csproj is not", Solution.Violations(solution, ["src/A/A.csproj", "src/B/B.csproj"], none));
        Expect.One("src/A/A.csproj does not exist", Solution.Violations(solution, [], none));
        var outside = new Dictionary<string, string> { ["src/A/A.csproj"] = "why" };
        Expect.One("no exception", Solution.Violations(solution, ["src/A/A.csproj"], outside));
    }

    [Fact]
    public void Versions_of_packages_are_central() => Expect.None(SourceTree.Projects.SelectMany(Packages.VersionsIn));

    [Theory]
    [InlineData("""<PackageReference Include="xunit" Version="1.0" />""")]
    [InlineData("""<PackageReference Include="xunit" VersionOverride="1.0" />""")]
    [InlineData("""<PackageReference Include="xunit"><Version>1.0</Version></PackageReference>""")]
    public void A_version_in_a_project_is_found(string reference) =>
        Expect.One("xunit", Packages.VersionsIn(new SourceFile("a.csproj", $"<Project>{reference}</Project>")));

    [Fact]
    public void Every_central_version_is_used() => Expect.None(Packages.Unused(Central, SourceTree.Projects));

    [Fact]
    public void A_version_that_nobody_uses_is_found() => Expect.One("xunit is used by no project", Packages.Unused(
        new SourceFile("p.props", """<Project><PackageVersion Include="xunit" Version="1" /></Project>"""),
        [new SourceFile("a.csproj", """<Project><PackageReference Include="other" /></Project>""")]));

    [Fact]
    public void Links_between_documents_lead_somewhere() => Expect.None(
        SourceTree.All.Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(f => Links.Violations(f, p => Path.Exists(Path.Combine(Repository.Root, p)))));

    [Fact]
    public void A_link_to_nowhere_is_found()
    {
        var file = new SourceFile("docs/a.md", "[x](../b.md#part) [y](https://example.org/z) [z](#here) [u](adr/c.md)");
        Expect.One("../b.md", Links.Violations(file, path => path == "docs/adr/c.md"));
    }

    [Fact]
    public void What_an_addition_takes_is_counted_where_one_is_there() => Expect.None(Additions.Violations(
        SourceTree.All.Single(f => f.Path == "ARCHITECTURE.md"), SourceTree.All, Additions.Counted));

    [Fact]
    public void A_wrong_number_of_files_and_a_missing_row_are_found()
    {
        SourceFile[] files = [new("src/A/One.cs", ""), new("src/A/Two.cs", ""), new("src/A/B/Three.cs", "")];
        var counted = new Dictionary<string, string> { ["a thing"] = "src/A" };
        Expect.None(Additions.Violations(new SourceFile("A.md", "| a thing | 2 files in `src/A` |"), files, counted));
        Expect.One("'2 files in `src/A`'",
            Additions.Violations(new SourceFile("A.md", "| a thing | 3 files in `src/A` |"), files, counted));
        Expect.One("the row 'a thing'", Additions.Violations(new SourceFile("A.md", "nothing"), files, counted));
    }

    [Fact]
    public void Serving_needs_no_OpenSSL() => Expect.None(Cryptography.Violations(SourceTree.CSharp));

    [Fact]
    public void A_hash_of_the_library_in_a_command_is_found()
    {
        const string text = "using System.Security.Cryptography;";
        Expect.One("src/Commands/A.cs", Cryptography.Violations([new SourceFile("src/Commands/A.cs", text)]));
        Expect.None(Cryptography.Violations([new SourceFile("src/AspNetCore/A.cs", text)]));
    }
}
