using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace SessionGateway.AspNetCoreTests.Packages;

/// <summary>
/// The public face of an assembly as sorted lines, kept in a file beside its sources: whoever changes it sees it in the
/// review. Set REGENERATE_DOCS=1 to write the file.
/// </summary>
internal static class PublicApi
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(double)] = "double",
    };

    /// <summary>Compares the assembly of a type with the file.</summary>
    public static void AssertIs(Type member, string file)
    {
        string now = Of(member.Assembly);
        if (Environment.GetEnvironmentVariable("REGENERATE_DOCS") == "1")
        {
            File.WriteAllText(file, now);
        }

        Assert.True(File.Exists(file), $"{file} is missing");
        Assert.Equal(File.ReadAllText(file), now);
    }

    private static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (Type? type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (string? line in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        string kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        string[] bases = type.IsEnum || type.BaseType is null || type.BaseType == typeof(object)
            || type.BaseType == typeof(ValueType)
            ? [] : new[] { Name(type.BaseType) };
        string[] all = [.. bases,
            .. (type.IsEnum ? [] : type.GetInterfaces()).Select(Name).Order(StringComparer.Ordinal)];
        return $"{kind} {type.Namespace}.{Name(type)}{(all.Length == 0 ? "" : " : " + string.Join(", ", all))}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name))}");
        }

        const BindingFlags declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance
            | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return
        [
            .. type.GetConstructors(declared).Where(IsSeen).Select(method => $"new{Parameters(method)}"),
            .. type.GetFields(declared).Where(field => field.IsPublic).Select(
                field => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}"),
            .. type.GetProperties(declared).Where(property => property.GetMethod is { } get && IsSeen(get)).Select(
                Property),
            .. type.GetMethods(declared).Where(IsSeen).Where(IsWritten).Select(Method),
        ];
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Accessors are listed with their properties; what the compiler makes for records follows from those.
    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && method.GetCustomAttribute<CompilerGeneratedAttribute>() is null;

    private static string Property(PropertyInfo property)
    {
        string accessors = property.SetMethod is { } set && IsSeen(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
                ? "get; init;" : "get; set;"
            : "get;";
        string required = property.GetCustomAttribute<RequiredMemberAttribute>() is null ? "" : "required ";
        ParameterInfo[] index = property.GetIndexParameters();
        string name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        string nullable = !property.PropertyType.IsValueType
            && Nullability.Create(property).ReadState == NullabilityState.Nullable ? "?" : "";
        return $"{Static(property.GetMethod!.IsStatic)}{required}{Name(property.PropertyType)}{nullable} {name} {{ "
            + $"{accessors} }}";
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>"
            : "";
        string nullable = !method.ReturnType.IsValueType
            && Nullability.Create(method.ReturnParameter).ReadState == NullabilityState.Nullable ? "?" : "";
        return $"{Static(method.IsStatic)}{Name(method.ReturnType)}{nullable} "
            + $"{method.Name}{generic}{Parameters(method)}";
    }

    private static string Parameters(MethodBase method)
    {
        bool isExtension = method.IsDefined(typeof(ExtensionAttribute), false);
        return $"({(isExtension ? "this " : "")}{string.Join(", ", method.GetParameters().Select(Parameter))})";
    }

    private static string Parameter(ParameterInfo parameter)
    {
        Type type = parameter.ParameterType;
        string direction = parameter.IsOut ? "out " : type.IsByRef ? "ref " : "";
        Type element = type.IsByRef ? type.GetElementType()! : type;
        NullabilityInfo state = Nullability.Create(parameter);
        string nullable = !element.IsValueType
            && (parameter.IsOut ? state.ReadState : state.WriteState) == NullabilityState.Nullable ? "?" : "";
        string value = parameter.HasDefaultValue
            ? " = " + (parameter.DefaultValue is string text
                ? $"\"{text}\"" : parameter.DefaultValue ?? (element.IsValueType ? "default" : "null"))
            : "";
        return $"{direction}{Name(element)}{nullable} {parameter.Name}{value}";
    }

    private static string Name(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Name(underlying) + "?";
        }

        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}"
            : type.Name;
        return type.IsGenericType
            ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }

    private static string Static(bool isStatic) => isStatic ? "static " : "";
}
