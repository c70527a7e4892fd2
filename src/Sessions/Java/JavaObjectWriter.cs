using SessionGateway.Sessions.Writing;

namespace SessionGateway.Sessions.Java;

/// <summary>
/// The protocol parts of writing a Java stream: class descriptions, each written once, strings, and the count of
/// handles. The caller ensures room except where a method says otherwise.
/// </summary>
internal sealed class JavaObjectWriter(OutBuffer output, SessionTree tree)
{
    private readonly Dictionary<JavaType, int> _types = [];
    private readonly Dictionary<JavaClass, int> _classes = [];
    private readonly StringTable _strings = StringTable.Rent(tree.NodeCount);
    private readonly List<int> _stringHandles = [];
    private int _handles;

    public void Finish() => _strings.Return();

    public void Header()
    {
        output.UInt16(JavaToken.Magic);
        output.UInt16(JavaToken.Version);
    }

    /// <summary>Counts the handle of something just begun and gives it.</summary>
    public int NewHandle() => _handles++;

    public void Reference(int handle)
    {
        output.Byte(JavaToken.Reference);
        output.UInt32(JavaToken.FirstHandle + (uint)handle);
    }

    /// <summary>Starts an object or array: token, class description, handle. Ensures its own room.</summary>
    public bool Begin(byte token, JavaType type, out int handle)
    {
        handle = 0;
        if (!output.Ensure(1))
        {
            return false;
        }

        output.Byte(token);
        if (!Describe(type))
        {
            return false;
        }

        handle = NewHandle();
        return output.Ensure(64);
    }

    /// <summary>Starts an object of a class that is known from the stream it was read from. Ensures its own
    /// room.</summary>
    public bool Begin(byte token, JavaClass type, IReadOnlyList<JavaClass> classes, out int handle)
    {
        handle = 0;
        if (!output.Ensure(1))
        {
            return false;
        }

        output.Byte(token);
        if (!Describe(type, classes))
        {
            return false;
        }

        handle = NewHandle();
        return output.Ensure(64);
    }

    /// <summary>Writes a string, or its handle where an equal one was written before. Ensures its own room.</summary>
    public bool Text(long range)
    {
        ReadOnlySpan<byte> text = tree.Range(range);
        if (!output.Ensure(ModifiedUtf8.MaxLength(text.Length) + 16))
        {
            return false;
        }

        int known = _strings.FindOrAdd(tree.Bytes, range, Tree.Storage.KeyHash.Of(text));
        if (known >= 0)
        {
            Reference(_stringHandles[known]);
            return true;
        }

        _stringHandles.Add(NewHandle());
        Characters(text);
        return true;
    }

    /// <summary>Writes a string that is not in the tree. Ensures its own room.</summary>
    public bool Text(ReadOnlySpan<byte> text)
    {
        if (!output.Ensure(ModifiedUtf8.MaxLength(text.Length) + 16))
        {
            return false;
        }

        NewHandle();
        Characters(text);
        return true;
    }

    private void Characters(ReadOnlySpan<byte> text)
    {
        int start = output.Length;
        output.Byte(JavaToken.String);
        output.UInt16(0);
        int length = ModifiedUtf8.FromUtf8(text, output.Rest());
        if (length <= ushort.MaxValue)
        {
            output.Advance(length);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(output.At(start + 1, 2), (ushort)length);
            return;
        }

        // Long strings have an 8-byte length: six more bytes in front of the text.
        output.Rest()[..length].CopyTo(output.Rest()[6..]);
        output.Advance(length + 6);
        output.At(start, 1)[0] = JavaToken.LongString;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(output.At(start + 1, 8), (ulong)length);
    }

    private bool Describe(JavaType type)
    {
        for (JavaType? next = type; ; next = next.Super)
        {
            if (!output.Ensure(96))
            {
                return false;
            }

            if (next is null)
            {
                output.Byte(JavaToken.Null);
                return true;
            }

            if (_types.TryGetValue(next, out int handle))
            {
                Reference(handle);
                return true;
            }

            output.Byte(JavaToken.ClassDesc);
            if (!Name(next.Name))
            {
                return false;
            }

            output.UInt64(next.Uid);
            _types.Add(next, NewHandle());
            output.Byte(next.Flags);
            output.UInt16(next.Fields.Length);
            foreach ((char Type, string Name, string? Signature) field in next.Fields)
            {
                if (!output.Ensure(1))
                {
                    return false;
                }

                output.Byte((byte)field.Type);
                if (!Name(field.Name)
                    || (field.Signature is not null && !Text(System.Text.Encoding.ASCII.GetBytes(field.Signature)))
                    || !output.Ensure(64))
                {
                    return false;
                }
            }

            output.Byte(JavaToken.EndBlockData);
        }
    }

    private bool Describe(JavaClass type, IReadOnlyList<JavaClass> classes)
    {
        for (JavaClass next = type; ;)
        {
            if (!output.Ensure(64))
            {
                return false;
            }

            if (_classes.TryGetValue(next, out int handle))
            {
                Reference(handle);
                return true;
            }

            if (!(next.ProxyInterfaces is null ? DescribeClass(next) : DescribeProxy(next)))
            {
                return false;
            }

            if (next.Super < 0)
            {
                output.Byte(JavaToken.Null);
                return true;
            }

            next = classes[next.Super];
        }
    }

    private bool DescribeClass(JavaClass type)
    {
        output.Byte(JavaToken.ClassDesc);
        if (!Name(type.NameRange))
        {
            return false;
        }

        output.UInt64(type.Uid);
        _classes.Add(type, NewHandle());
        output.Byte(type.Flags);
        output.UInt16(type.Fields.Length);
        foreach (JavaField field in type.Fields)
        {
            output.Byte(field.Type);
            if (!Name(field.Name) || (!field.IsPrimitive && !Text(field.Signature)) || !output.Ensure(64))
            {
                return false;
            }
        }

        output.Byte(JavaToken.EndBlockData);
        return true;
    }

    private bool DescribeProxy(JavaClass type)
    {
        output.Byte(JavaToken.ProxyClassDesc);
        _classes.Add(type, NewHandle());
        output.UInt32((uint)type.ProxyInterfaces!.Length);
        foreach (long name in type.ProxyInterfaces)
        {
            if (!Name(name))
            {
                return false;
            }
        }

        output.Byte(JavaToken.EndBlockData);
        return true;
    }

    private bool Name(string ascii)
    {
        if (!output.Ensure(ascii.Length + 64))
        {
            return false;
        }

        output.UInt16(ascii.Length);
        output.Advance(System.Text.Encoding.ASCII.GetBytes(ascii, output.Rest()));
        return true;
    }

    private bool Name(long range)
    {
        ReadOnlySpan<byte> name = tree.Range(range);
        if (!output.Ensure(ModifiedUtf8.MaxLength(name.Length) + 64))
        {
            return false;
        }

        int start = output.Length;
        output.UInt16(0);
        int length = ModifiedUtf8.FromUtf8(name, output.Rest());
        output.Advance(length);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt16BigEndian(output.At(start, 2), (ushort)length);
        return true;
    }
}
