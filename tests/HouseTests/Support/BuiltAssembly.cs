using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SessionGateway.HouseTests.Support;

/// <summary>What a compiled assembly says about what it uses.</summary>
internal sealed class BuiltAssembly
{
    private BuiltAssembly(string name, IReadOnlyList<string> assemblies, IReadOnlyList<string> uses)
    {
        Name = name;
        Assemblies = assemblies;
        Uses = uses;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Names of the assemblies it refers to.</summary>
    public IReadOnlyList<string> Assemblies { get; }

    /// <summary>Types (<c>System.Random</c>) and members (<c>System.Random.get_Shared</c>) of other assemblies it
    /// uses.</summary>
    public IReadOnlyList<string> Uses { get; }

    /// <summary>All assemblies of the product, as they lie beside the tests.</summary>
    public static IReadOnlyList<BuiltAssembly> Product { get; } =
    [
        .. Rooms.Names.Select(room => Read(Path.Combine(AppContext.BaseDirectory, Rooms.AssemblyOf(room) + ".dll"))),
    ];

    /// <summary>Reads an assembly file.</summary>
    public static BuiltAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        string name = reader.GetString(reader.GetAssemblyDefinition().Name);
        string[] assemblies =
            [.. reader.AssemblyReferences.Select(a => reader.GetString(reader.GetAssemblyReference(a).Name))];
        return new BuiltAssembly(name, assemblies, [.. Types(reader), .. Members(reader)]);
    }

    private static IEnumerable<string> Types(MetadataReader reader) =>
        reader.TypeReferences.Select(handle => FullName(reader, handle));

    private static IEnumerable<string> Members(MetadataReader reader)
    {
        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                string type = FullName(reader, (TypeReferenceHandle)member.Parent);
                yield return $"{type}.{reader.GetString(member.Name)}";
            }
        }
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        TypeReference type = reader.GetTypeReference(handle);
        string name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? $"{FullName(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
