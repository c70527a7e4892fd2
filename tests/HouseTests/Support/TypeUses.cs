using System.Reflection;
using System.Reflection.Emit;

namespace SessionGateway.HouseTests.Support;

/// <summary>Which types of its own assembly a type uses: bases, members, signatures, locals, and all that its code
/// names.</summary>
internal static class TypeUses
{
    private const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.Instance | BindingFlags.Static;

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => code.Value);

    /// <summary>The types, without itself.</summary>
    public static IReadOnlySet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        Add(found, type.BaseType);
        Array.ForEach(type.GetInterfaces(), i => Add(found, i));
        Array.ForEach(type.GetFields(Declared), f => Add(found, f.FieldType));
        foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            Array.ForEach(method.GetParameters(), p => Add(found, p.ParameterType));
            Add(found, (method as MethodInfo)?.ReturnType);
            AddCode(found, method);
        }

        found.RemoveWhere(t => t.Assembly != type.Assembly || t == type);
        return found;
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }

        if (type.HasElementType)
        {
            Add(found, type.GetElementType());
        }
        else if (found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type) && type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), argument => Add(found, argument));
        }
    }

    private static void AddCode(HashSet<Type> found, MethodBase method)
    {
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }

        foreach (LocalVariableInfo local in body.LocalVariables)
        {
            Add(found, local.LocalType);
        }

        Type[]? typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        foreach (int token in Tokens(body.GetILAsByteArray()!))
        {
            MemberInfo member = method.Module.ResolveMember(token, typeArguments, methodArguments)!;
            Add(found, member as Type ?? member.DeclaringType);
            Add(found, (member as FieldInfo)?.FieldType);
            Add(found, (member as MethodInfo)?.ReturnType);
            Array.ForEach((member as MethodInfo)?.GetGenericArguments() ?? [], argument => Add(found, argument));
        }
    }

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            OpCode opCode = OpCodes[value == 0xFE ? (short)(0xFE00 | code[at++]) : value];
            if (opCode.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += OperandSize(opCode, code, at);
        }
    }

    private static int OperandSize(OpCode opCode, byte[] code, int at) => opCode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
