using System.Reflection;
using SessionGateway.HouseTests.Checks;
using SessionGateway.HouseTests.Examples;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests;

public sealed class ArrowTests
{
    [Fact]
    public void Projects_refer_only_to_rooms_they_may_see() => Expect.None(
        SourceTree.Projects.Where(p => p.IsBelow("src"))
            .SelectMany(p => ProjectArrows.Violations(p.Name, ProjectArrows.References(p))));

    [Fact]
    public void A_reference_against_the_arrows_is_found()
    {
        var project = new SourceFile("src/Store/Store.csproj", """
            <Project><ItemGroup><ProjectReference Include="..\Protocols\Protocols.csproj" /></ItemGroup></Project>
            """);
        Expect.One("Store must not see Protocols",
            ProjectArrows.Violations(project.Name, ProjectArrows.References(project)));
        Expect.One("Store must not see Gateway", ProjectArrows.Violations("Store", ["Gateway"]));
        Expect.One("has no place", ProjectArrows.Violations("Utilities", []));
        Expect.None(ProjectArrows.Violations("Commands", ["Protocols", "Store"]));
    }

    [Fact]
    public void Assemblies_refer_only_to_rooms_they_may_see()
    {
        Assert.Contains(BuiltAssembly.Product, a => a.Name == "gateway");
        Expect.None(BuiltAssembly.Product.SelectMany(a =>
            ProjectArrows.Violations(Rooms.RoomOf(a.Name)!, a.Assemblies.Select(Rooms.RoomOf).OfType<string>())));
    }

    [Fact]
    public void References_of_assemblies_are_really_read()
    {
        BuiltAssembly shell = BuiltAssembly.Product.Single(a => a.Name == "gateway");
        Assert.Contains("SessionGateway.Commands", shell.Assemblies);
        Assert.Contains("Store must not see Commands", ProjectArrows.Violations("Store",
            shell.Assemblies.Select(Rooms.RoomOf).OfType<string>()));
    }

    [Fact]
    public void Only_the_shell_touches_sockets_threads_clocks_files_and_logging() => Expect.None(
        BuiltAssembly.Product.Where(a => a.Name != Rooms.AssemblyOf(Rooms.Shell)).SelectMany(ShellOnly.Violations));

    [Fact]
    public void A_socket_a_clock_and_shared_randomness_are_found()
    {
        var self = BuiltAssembly.Read(typeof(Offender).Assembly.Location);
        string[] found = [.. ShellOnly.Violations(self)];
        Assert.Contains(found, v => v.EndsWith("uses System.Net.Sockets.Socket", StringComparison.Ordinal));
        Assert.Contains(found, v => v.EndsWith("uses System.DateTime.get_UtcNow", StringComparison.Ordinal));
        Assert.Contains(found, v => v.EndsWith("uses System.Random.get_Shared", StringComparison.Ordinal));
        BuiltAssembly shell = BuiltAssembly.Product.Single(a => a.Name == "gateway");
        Assert.NotEmpty(ShellOnly.Violations(shell));
    }

    [Fact]
    public void Families_of_commands_do_not_see_each_other()
    {
        (Type, Type)[] uses = [.. UsesIn(Rooms.AssemblyOf("Commands"))];
        Assert.True(uses.Length > 1000, "the uses were not read");
        Expect.None(FamilyArrows.Violations(uses, FamilyArrows.Crossings));
    }

    [Fact]
    public void A_crossing_and_an_unneeded_permission_are_found()
    {
        Type[] types = Assembly.Load(Rooms.AssemblyOf("Commands")).GetTypes();
        Type memcached = types.First(t => FamilyArrows.Family(t.Namespace ?? "") == "Memcached");
        Type resp = types.First(t => FamilyArrows.Family(t.Namespace ?? "") == "Resp");
        string use = $"{memcached.Name} uses {resp.Name}";
        var none = new Dictionary<string, string>();
        Expect.One(use, FamilyArrows.Violations([(memcached, resp), (memcached, resp), (memcached, memcached)], none));
        Expect.None(FamilyArrows.Violations([(memcached, resp)], new Dictionary<string, string> { [use] = "why" }));
        Expect.One("need not be allowed",
            FamilyArrows.Violations([], new Dictionary<string, string> { [use] = "why" }));
    }

    [Fact]
    public void Folders_of_the_shell_see_only_those_below_them()
    {
        (string, string, string)[] uses =
        [
            .. FolderArrows.OfTypes(UsesIn(Rooms.AssemblyOf(Rooms.Shell))),
            .. FolderArrows.OfFiles(SourceTree.CSharp),
        ];
        Assert.True(uses.Length > 300, "the uses were not read");
        Expect.None(FolderArrows.Violations(uses, FolderArrows.Arrows));
        Expect.None(FolderArrows.Circles(FolderArrows.Arrows));
    }

    [Fact]
    public void A_circle_between_folders_and_an_arrow_that_nothing_needs_are_found()
    {
        var arrows = new Dictionary<string, string[]> { ["Connections"] = ["Transport"], ["Transport"] = [] };
        (Type Connection, Type Transport) use = UsesIn(Rooms.AssemblyOf(Rooms.Shell)).First(u =>
            FolderArrows.FolderOf(u.Type.Namespace!) == "Connections"
            && FolderArrows.FolderOf(u.Used.Namespace!) == "Transport");
        Expect.None(FolderArrows.Violations(FolderArrows.OfTypes([use]), arrows));
        Expect.One("Transport must not see Connections",
            FolderArrows.Violations(FolderArrows.OfTypes([use, (use.Transport, use.Connection)]), arrows));
        Expect.One("Connections need not see Transport", FolderArrows.Violations([], arrows));
        Expect.One("Elsewhere has no place",
            FolderArrows.Violations([("Elsewhere", "Transport", "")], new Dictionary<string, string[]>()));
        var planted = new SourceFile("src/Gateway/Transport/Epoll/A.cs", "using SessionGateway.Gateway.Connections;\n");
        Expect.One("Transport must not see Connections: A has it among its usings",
            FolderArrows.Violations([.. FolderArrows.OfTypes([use]), .. FolderArrows.OfFiles([planted])], arrows));
        arrows["Transport"] = ["Timers"];
        arrows["Timers"] = ["Connections"];
        Assert.Equal(3, FolderArrows.Circles(arrows).Count());
    }

    [Theory]
    [InlineData("Store", "Segments/Upkeep")]
    [InlineData("Sessions", "Tree/Storage")]
    public void Folders_of_a_room_do_not_see_each_other_in_circles(string room, string folder)
    {
        // A file has one type of its name, which says where the type stands.
        ILookup<string, string> folders = SourceTree.CSharp.Where(f => f.IsBelow($"src/{room}"))
            .ToLookup(f => f.Name.Split('.')[0], f => string.Join('/', f.Path.Split('/')[2..^1]));
        Assert.Contains(folders, f => f.Contains(folder));
        (string, string)[] uses =
        [
            .. from type in Assembly.Load(Rooms.AssemblyOf(room)).GetTypes()
            from used in TypeUses.Of(type)
            select (NameOf(type), NameOf(used)),
        ];
        Assert.True(uses.Length > folders.Count, "the uses were not read");
        Expect.None(FolderCircles.Violations(uses, name => folders[name].FirstOrDefault()));
    }

    [Fact]
    public void A_circle_of_folders_is_found_and_a_folder_in_another_is_none()
    {
        Dictionary<string, string> folders = new()
        {
            ["Face"] = "", ["A"] = "Left", ["Inner"] = "Left/Inside", ["B"] = "Right", ["C"] = "Far",
        };
        Expect.None(FolderCircles.Violations(
            [("A", "Inner"), ("Inner", "A"), ("Face", "A"), ("A", "Face"), ("A", "B"), ("B", "C")],
            folders.GetValueOrDefault));
        string[] found =
            [.. FolderCircles.Violations([("Inner", "B"), ("B", "C"), ("C", "A")], folders.GetValueOrDefault)];
        Assert.Equal(3, found.Length);
        Assert.Contains("Left sees Right, which comes back to it: Inner uses B", found);
    }

    private static string NameOf(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Name.Split('`')[0];
    }

    [Theory]
    [InlineData("SessionGateway.Commands", "")]
    [InlineData("SessionGateway.Commands.Memcached", "Memcached")]
    [InlineData("SessionGateway.Commands.Memcached.Meta", "Memcached")]
    [InlineData("SessionGateway.Commands.Resp", "Resp")]
    [InlineData("SessionGateway.Commands.Resp.Strings", "Resp.Strings")]
    [InlineData("SessionGateway.Commands.Resp.Server.Memory", "Resp.Server")]
    public void A_namespace_belongs_to_a_family(string name, string family) =>
        Assert.Equal(family, FamilyArrows.Family(name));

    [Theory]
    [InlineData("Memcached", "Resp", false)]
    [InlineData("Resp", "Memcached", false)]
    [InlineData("Resp.Keys", "Memcached", false)]
    [InlineData("Resp.Keys", "Resp.Strings", false)]
    [InlineData("Resp.Keys", "Resp.KeysAndMore", false)]
    [InlineData("Resp.Keys", "Resp.Keys", true)]
    [InlineData("Resp.Keys", "Resp", true)]
    [InlineData("Resp", "Resp.Keys", true)]
    [InlineData("Resp.Keys", "", true)]
    [InlineData("", "Memcached", true)]
    public void A_family_sees_itself_and_the_ground_it_stands_on(string family, string other, bool maySee) =>
        Assert.Equal(maySee, FamilyArrows.MaySee(family, other));

    [Fact]
    public void A_use_inside_a_method_body_and_inside_a_generic_type_is_found() =>
        Assert.Equal([typeof(Seen), typeof(SeenField)], TypeUses.Of(typeof(Seeing)).OrderBy(t => t.Name));

    private static IEnumerable<(Type Type, Type Used)> UsesIn(string assembly) =>
        from type in Assembly.Load(assembly).GetTypes()
        where type.Namespace is not null
        from used in TypeUses.Of(type)
        where used.Namespace is not null
        select (type, used);
}
