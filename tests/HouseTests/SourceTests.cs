using SessionGateway.HouseTests.Checks;
using SessionGateway.HouseTests.Support;

namespace SessionGateway.HouseTests;

public sealed class SourceTests
{
    [Fact]
    public void The_working_copy_is_really_read()
    {
        Assert.Contains(SourceTree.All, f => f.Path == "Directory.Packages.props");
        Assert.Contains(SourceTree.CSharp, f => f.Path == "src/Gateway/Program.cs");
        Assert.Contains(SourceTree.CSharp, f => f.Path == "tests/HouseTests/SourceTests.cs");
        Assert.DoesNotContain(SourceTree.All, f => f.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_unfinished_and_nothing_names_one_machine() =>
        Expect.None(SourceTree.All.SelectMany(TextRules.Violations));

    [Theory]
    [InlineData("throw new NotImplemented" + "Exception();")]
    [InlineData("// TO" + "DO: later")]
    [InlineData("int a; // FIX" + "ME")]
    [InlineData("[Fact(Ski" + "p = \"flaky\")]")]
    [InlineData("#reg" + "ion Fields")]
    [InlineData("File.Open(\"/ho" + "me/me/file\")")]
    [InlineData("File.Open(@\"C:\\" + "temp\")")]
    public void Unfinished_code_and_paths_of_a_machine_are_found(string line)
    {
        Expect.One("src/A.cs:2: ", TextRules.Violations(new SourceFile("src/A.cs", $"class A {{\n{line}\n}}")));
    }

    [Theory]
    [InlineData("items.Skip(1)")]
    [InlineData("\"https://example.org/home/page\"")]
    [InlineData("\"$root/wo" + "rk/x\"")]
    [InlineData("\"/run/gateway.sock\"")]
    public void Harmless_text_is_left_alone(string line) =>
        Expect.None(TextRules.Violations(new SourceFile("src/A.cs", line)));

    [Fact]
    public void Files_are_short() => Expect.None(FileLength.Violations(SourceTree.CSharp));

    [Theory]
    [InlineData("src/Store/A.cs", FileLength.MaxLines)]
    [InlineData("tests/StoreTests/PhpReader.cs", FileLength.MaxLines)]
    [InlineData("src/Sessions/Php/PhpReader.cs", FileLength.MaxGrammarLines)]
    public void A_long_file_is_found(string path, int maxLines)
    {
        Expect.None(FileLength.Violations([new SourceFile(path, new string('\n', maxLines - 1))]));
        Expect.One($"{path} has {maxLines + 1} lines",
            FileLength.Violations([new SourceFile(path, new string('\n', maxLines))]));
    }

    [Fact]
    public void Lines_have_120_columns() =>
        Expect.None(LineLength.Violations([.. SourceTree.CSharp], LineLength.Outside));

    [Fact]
    public void A_line_of_121_columns_and_an_unneeded_exception_are_found()
    {
        var fits = new SourceFile("src/A.cs", "class A;\n" + new string('x', 120) + "\n");
        var tooLong = new SourceFile("src/B.cs", "class B;\n" + new string('x', 121) + "\n");
        var none = new Dictionary<string, string>();
        Expect.None(LineLength.Violations([fits], none));
        Expect.One("src/B.cs:2 has 121 columns", LineLength.Violations([fits, tooLong], none));
        var unneeded = new Dictionary<string, string> { ["src/A.cs"] = "why" };
        Expect.None(LineLength.Violations([tooLong], new Dictionary<string, string> { ["src/B.cs"] = "recorded" }));
        Expect.One(
            "src/A.cs need not",
            LineLength.Violations([fits], unneeded));
    }

    [Fact]
    public void Product_files_hold_one_type_of_their_name_in_the_namespace_of_their_folder() =>
        Expect.None(SourceTree.CSharp.Where(f => f.IsBelow("src")).SelectMany(FileShape.Violations));

    [Theory]
    [InlineData("namespace SessionGateway.Store;\nclass A;\nenum B { X }\n", "holds 2 types: A, B")]
    [InlineData("namespace SessionGateway.Store;\nclass A;\nfile static class B { }\n", "holds 2 types: A, B")]
    [InlineData("namespace SessionGateway.Store;\nclass A;\npublic delegate int? B<T>(T t);\n", "holds 2 types: A, B")]
    [InlineData("namespace SessionGateway.Store;\ninternal readonly record struct B(int X);\n", "holds B")]
    [InlineData("namespace SessionGateway.Commands;\npublic sealed class A\n{\n}\n",
        "is in namespace SessionGateway.Commands")]
    [InlineData("public sealed class A\n{\n}\n", "is in namespace ")]
    public void Two_types_a_foreign_name_and_a_foreign_namespace_are_found(string text, string violation) =>
        Expect.One(violation, FileShape.Violations(new SourceFile("src/Store/A.cs", text)));

    [Fact]
    public void A_well_shaped_file_is_left_alone() => Expect.None(FileShape.Violations(new SourceFile(
        "src/Store/Managed/A.cs",
        "namespace SessionGateway.Store.Managed;\npublic class A<T>\n{\n    enum Inner { X }\n}\n")));

    [Fact]
    public void Unsafe_code_stands_only_in_the_buffers_the_memory_engine_and_the_epoll_transport() =>
        Expect.None(UnsafeCode.Violations(SourceTree.CSharp.Where(f => f.IsBelow("src"))));

    [Theory]
    [InlineData("internal unsafe struct A")]
    [InlineData("    unsafe { *p = 1; }")]
    [InlineData("    return Unsafe.Add(ref a, 1);")]
    [InlineData("    ref byte r = ref MemoryMarshal.GetReference(span);")]
    public void Unsafe_code_elsewhere_is_found(string line)
    {
        Expect.One(line.Trim(), UnsafeCode.Violations([new SourceFile("src/Commands/A.cs", line)]));
        Expect.None(UnsafeCode.Violations([new SourceFile("src/Gateway/Transport/Epoll/A.cs", line)]));
        Expect.None(UnsafeCode.Violations([new SourceFile("src/Commands/A.cs", "// " + line)]));
    }

    [Fact]
    public void Unmanaged_memory_is_freed_by_its_owner_and_never_by_a_finalizer() =>
        Expect.None(SourceTree.CSharp.SelectMany(NativeOwners.Violations));

    [Theory]
    [InlineData("    ~A() => Free();", "A's finalizer does more")]
    [InlineData("    ~A()\n    {\n        Dispose(false);\n    }", "A's finalizer does more")]
    [InlineData("        var output = new Output" + "Buffer(1, 2);", "neither using nor a field")]
    [InlineData("        return Written(new Output" + "Buffer(1, 2));", "neither using nor a field")]
    public void A_finalizer_that_frees_and_a_buffer_that_nobody_disposes_are_found(string code, string violation) =>
        Expect.One(violation, NativeOwners.Violations(new SourceFile("src/A.cs", code)));

    [Theory]
    [InlineData("        var host = new Command" + "Host();", 1)]
    [InlineData("    private readonly Resp" + "Peer _peer = new();", 1)]
    [InlineData("        using var host = new Command" + "Host();", 0)]
    public void A_host_that_a_test_leaves_behind_is_found(string code, int violations)
    {
        string text = $"class A\n{{\n    [Fa" + $"ct]\n{code}\n}}";
        Assert.Equal(violations, NativeOwners.Violations(new SourceFile("tests/A.cs", text)).Count());
        Expect.None(NativeOwners.Violations(
            new SourceFile("tests/A.cs", text.Replace("class A", "class A : OwningTests", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("    ~A() => LostOwner.Report(nameof(A));")]
    [InlineData("        using var output = new Output" + "Buffer(1, 2);")]
    [InlineData("        _output = new Output" + "Buffer(1, 2);")]
    [InlineData("    private readonly Output" + "Buffer _output = new(1, 2);")]
    public void Owners_that_dispose_are_left_alone(string code) =>
        Expect.None(NativeOwners.Violations(new SourceFile("src/A.cs", code)));

    [Fact]
    public void Ids_of_log_events_are_given_once() =>
        Expect.None(EventIds.Violations(SourceTree.CSharp.Where(f => f.IsBelow("src"))));

    [Fact]
    public void An_id_given_twice_and_a_log_call_without_id_are_found()
    {
        var first = new SourceFile("A.cs", "[LoggerMessage(7, LogLevel.Error, \"a\")]");
        Expect.One("event 7 is given in A.cs", EventIds.Violations([first, first with { Path = "B.cs" }]));
        Expect.One("without an id",
            EventIds.Violations([new SourceFile("A.cs", "[LoggerMessage(LogLevel.Error, \"a\")]")]));
        Expect.One(".LogError(", EventIds.Violations([new SourceFile("A.cs", "_logger.LogError(\"a\");")]));
    }
}
