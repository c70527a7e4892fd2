using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace SessionGateway.Scripting.Native;

/// <summary>
/// A stack of Lua as managed code sees it: arguments from 1, the newest value -1. Nothing here calls a script's code
/// or raises an error of Lua.
/// </summary>
internal readonly unsafe struct LuaFrame(LuaState owner, nint handle)
{
    /// <summary>The state.</summary>
    public LuaState State { get; } = owner;

    /// <summary>The coroutine.</summary>
    public nint Handle { get; } = handle;

    /// <summary>Number of values.</summary>
    public int Count => LuaNative.GetTop(Handle);

    /// <summary>Type of a value.</summary>
    public LuaType TypeOf(int index) => (LuaType)LuaNative.TypeOf(Handle, index);

    /// <summary>Name of the type of a value, as messages say it.</summary>
    public string TypeName(int index) => TypeOf(index) switch
    {
        LuaType.None => "no value",
        LuaType.Nil => "nil",
        LuaType.Boolean => "boolean",
        LuaType.Number => "number",
        LuaType.String => "string",
        LuaType.Table => "table",
        LuaType.Function => "function",
        LuaType.Thread => "thread",
        _ => "userdata",
    };

    /// <summary>A number; 0 for what is none.</summary>
    public double Number(int index) => LuaNative.ToNumber(Handle, index, null);

    /// <summary>True for everything but nil and false.</summary>
    public bool Truth(int index) => LuaNative.ToBoolean(Handle, index) != 0;

    /// <summary>The bytes of a string, valid as long as it is on the stack. Only for strings.</summary>
    public ReadOnlySpan<byte> Bytes(int index)
    {
        nuint length;
        byte* bytes = LuaNative.ToBytes(Handle, index, &length);
        return new ReadOnlySpan<byte>(bytes, (int)length);
    }

    /// <summary>Where a table, function or coroutine lies.</summary>
    public nint Address(int index) => LuaNative.ToPointer(Handle, index);

    /// <summary>Room for so many values more; false when the stack cannot grow.</summary>
    public bool HasRoom(int count) => LuaNative.CheckStack(Handle, count) != 0;

    /// <summary>Takes the newest values off.</summary>
    public void Pop(int count = 1) => LuaNative.SetTop(Handle, -count - 1);

    /// <summary>Makes the stack so long.</summary>
    public void SetCount(int count) => LuaNative.SetTop(Handle, count);

    /// <summary>Pushes a copy.</summary>
    public void PushCopy(int index) => LuaNative.PushValue(Handle, index);

    /// <summary>Moves the newest value to a place.</summary>
    public void Insert(int index) => LuaNative.Rotate(Handle, index, 1);

    /// <summary>Pushes nil.</summary>
    public void PushNil() => LuaNative.PushNil(Handle);

    /// <summary>Pushes a number.</summary>
    public void Push(double value) => LuaNative.PushNumber(Handle, value);

    /// <summary>Pushes a truth value.</summary>
    public void Push(bool value) => LuaNative.PushBoolean(Handle, value ? 1 : 0);

    /// <summary>Pushes bytes.</summary>
    public void Push(ReadOnlySpan<byte> value)
    {
        fixed (byte* bytes = value)
        {
            LuaNative.PushBytes(Handle, bytes, (nuint)value.Length);
        }
    }

    /// <summary>Pushes text, one byte a char.</summary>
    public void Push(string text) => Push((ReadOnlySpan<byte>)Encoding.Latin1.GetBytes(text));

    /// <summary>Pushes bytes that are made in place: long ones are no garbage of the managed heap.</summary>
    /// <param name="length">How many.</param>
    /// <param name="state">What they are made of.</param>
    /// <param name="make">Makes them.</param>
    public void Push<T>(int length, T state, SpanAction<byte, T> make)
        where T : allows ref struct
    {
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)length);
        try
        {
            make(new Span<byte>(bytes, length), state);
            LuaNative.PushBytes(Handle, bytes, (nuint)length);
        }
        finally
        {
            NativeMemory.Free(bytes);
        }
    }

    /// <summary>Pushes a pointer.</summary>
    public void PushLight(nint value) => LuaNative.PushLight(Handle, value);

    /// <summary>Pushes an empty table.</summary>
    public void PushTable(int elements = 0, int fields = 0) => LuaNative.CreateTable(Handle, elements, fields);

    /// <summary>Pushes what a table, given by its index, holds under the newest value, which is taken off.</summary>
    public LuaType Get(int table) => (LuaType)LuaNative.RawGet(Handle, table);

    /// <summary>Pushes an element of a table.</summary>
    public LuaType Get(int table, long element) => (LuaType)LuaNative.RawGet(Handle, table, element);

    /// <summary>Pushes a field of a table.</summary>
    public LuaType Field(int table, ReadOnlySpan<byte> name)
    {
        Push(name);
        return Get(table < 0 ? table - 1 : table);
    }

    /// <summary>Sets in a table: the newest value under the one before it; both are taken off.</summary>
    public void Set(int table) => LuaNative.RawSet(Handle, table);

    /// <summary>Sets an element to the newest value, which is taken off.</summary>
    public void Set(int table, long element) => LuaNative.RawSet(Handle, table, element);

    /// <summary>Number of the last element of a table.</summary>
    public long Length(int table) => (long)LuaNative.RawLength(Handle, table);

    /// <summary>Goes to the pair behind the key that is the newest value; pushes key and value, or nothing at the
    /// end.</summary>
    public bool Next(int table) => LuaNative.Next(Handle, table) != 0;

    /// <summary>Sets the metatable of a value to the newest value, which is taken off.</summary>
    public void SetMetatable(int index) => LuaNative.SetMetatable(Handle, index);

    /// <summary>Results of a function that failed: the message goes to the script's code as an error of its
    /// caller.</summary>
    public int Fail(string message)
    {
        SetCount(0);
        PushLight(LuaState.FailMark);
        Push(message);
        return 2;
    }

    /// <summary>The message for an argument of another type.</summary>
    public int WrongType(string function, int argument, string expected) =>
        BadArgument(function, argument, $"{expected} expected, got {TypeName(argument)}");

    /// <summary>The message for an argument.</summary>
    public int BadArgument(string function, int argument, string why) =>
        Fail($"bad argument #{argument} to '{function}' ({why})");
}
