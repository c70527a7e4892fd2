using System.Runtime.InteropServices;

namespace SessionGateway.Scripting.Native;

/// <summary>
/// The functions of Lua 5.4 that are used. Those that neither allocate nor call back leave out the change of the
/// collector's mode. What may raise an error is called under <see cref="LuaHeap.IsGenerous"/> only, with arguments for
/// which it raises none: an error would jump over managed frames.
/// </summary>
internal static unsafe partial class LuaNative
{
    /// <summary>Index of the registry.</summary>
    public const int Registry = -1_001_000;

    /// <summary>The call is complete.</summary>
    public const int Ok = 0;

    /// <summary>The coroutine has yielded.</summary>
    public const int Yield = 1;

    /// <summary>Event mask: every so many instructions.</summary>
    public const int MaskCount = 8;

    private const string Library = "lua54";

    [LibraryImport(Library, EntryPoint = "lua_newstate")]
    public static partial nint NewState(delegate* unmanaged[Cdecl]<void*, void*, nuint, nuint, void*> alloc,
        void* data);

    [LibraryImport(Library, EntryPoint = "lua_newthread")]
    public static partial nint NewThread(nint state);

    [LibraryImport(Library, EntryPoint = "lua_resume")]
    public static partial int Resume(nint state, nint from, int arguments, int* results);

    [LibraryImport(Library, EntryPoint = "lua_yieldk")]
    public static partial int YieldFromHook(nint state, int results, nint context, nint continuation);

    [LibraryImport(Library, EntryPoint = "lua_isyieldable"), SuppressGCTransition]
    public static partial int IsYieldable(nint state);

    [LibraryImport(Library, EntryPoint = "lua_status"), SuppressGCTransition]
    public static partial int Status(nint state);

    [LibraryImport(Library, EntryPoint = "lua_closethread")]
    public static partial int CloseThread(nint state, nint from);

    [LibraryImport(Library, EntryPoint = "lua_sethook"), SuppressGCTransition]
    public static partial void SetHook(nint state, delegate* unmanaged[Cdecl]<nint, nint, void> hook, int mask,
        int count);

    [LibraryImport(Library, EntryPoint = "lua_getstack")]
    public static partial int GetStack(nint state, int level, void* activation);

    [LibraryImport(Library, EntryPoint = "lua_gc")]
    public static partial int Gc(nint state, int what, int argument);

    [LibraryImport(Library, EntryPoint = "lua_gettop"), SuppressGCTransition]
    public static partial int GetTop(nint state);

    [LibraryImport(Library, EntryPoint = "lua_settop"), SuppressGCTransition]
    public static partial void SetTop(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_pushvalue"), SuppressGCTransition]
    public static partial void PushValue(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rotate"), SuppressGCTransition]
    public static partial void Rotate(nint state, int index, int count);

    [LibraryImport(Library, EntryPoint = "lua_checkstack")]
    public static partial int CheckStack(nint state, int count);

    [LibraryImport(Library, EntryPoint = "lua_xmove"), SuppressGCTransition]
    public static partial void Move(nint from, nint to, int count);

    [LibraryImport(Library, EntryPoint = "lua_type"), SuppressGCTransition]
    public static partial int TypeOf(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_isinteger"), SuppressGCTransition]
    public static partial int IsInteger(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_tonumberx"), SuppressGCTransition]
    public static partial double ToNumber(nint state, int index, int* isNumber);

    [LibraryImport(Library, EntryPoint = "lua_toboolean"), SuppressGCTransition]
    public static partial int ToBoolean(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_tolstring"), SuppressGCTransition]
    public static partial byte* ToBytes(nint state, int index, nuint* length);

    [LibraryImport(Library, EntryPoint = "lua_topointer"), SuppressGCTransition]
    public static partial nint ToPointer(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_pushnil"), SuppressGCTransition]
    public static partial void PushNil(nint state);

    [LibraryImport(Library, EntryPoint = "lua_pushnumber"), SuppressGCTransition]
    public static partial void PushNumber(nint state, double value);

    [LibraryImport(Library, EntryPoint = "lua_pushboolean"), SuppressGCTransition]
    public static partial void PushBoolean(nint state, int value);

    [LibraryImport(Library, EntryPoint = "lua_pushlightuserdata"), SuppressGCTransition]
    public static partial void PushLight(nint state, nint value);

    [LibraryImport(Library, EntryPoint = "lua_pushlstring")]
    public static partial byte* PushBytes(nint state, byte* bytes, nuint length);

    [LibraryImport(Library, EntryPoint = "lua_pushcclosure")]
    public static partial void PushFunction(nint state, delegate* unmanaged[Cdecl]<nint, int> function, int upvalues);

    [LibraryImport(Library, EntryPoint = "lua_pushcclosure")]
    public static partial void PushNativeFunction(nint state, nint function, int upvalues);

    [LibraryImport(Library, EntryPoint = "lua_createtable")]
    public static partial void CreateTable(nint state, int elements, int fields);

    [LibraryImport(Library, EntryPoint = "lua_rawget"), SuppressGCTransition]
    public static partial int RawGet(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rawgeti"), SuppressGCTransition]
    public static partial int RawGet(nint state, int index, long key);

    [LibraryImport(Library, EntryPoint = "lua_rawset")]
    public static partial void RawSet(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_rawseti")]
    public static partial void RawSet(nint state, int index, long key);

    [LibraryImport(Library, EntryPoint = "lua_rawlen"), SuppressGCTransition]
    public static partial ulong RawLength(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_next"), SuppressGCTransition]
    public static partial int Next(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_getmetatable"), SuppressGCTransition]
    public static partial int GetMetatable(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_setmetatable")]
    public static partial int SetMetatable(nint state, int index);

    [LibraryImport(Library, EntryPoint = "lua_setupvalue"), SuppressGCTransition]
    public static partial nint SetUpvalue(nint state, int function, int number);

    [LibraryImport(Library, EntryPoint = "lua_pcallk")]
    public static partial int ProtectedCall(
        nint state, int arguments, int results, int handler, nint context, nint continuation);

    [LibraryImport(Library, EntryPoint = "luaL_loadbufferx")]
    public static partial int Load(nint state, byte* text, nuint length, byte* name, byte* mode);

    [LibraryImport(Library, EntryPoint = "luaL_ref")]
    public static partial int Reference(nint state, int table);

    [LibraryImport(Library, EntryPoint = "luaL_unref")]
    public static partial void Unreference(nint state, int table, int reference);

    [LibraryImport(Library, EntryPoint = "luaopen_base")]
    public static partial int OpenBase(nint state);

    /// <summary>The address of a function that Lua itself shall call.</summary>
    public static nint AddressOf(string function) =>
        NativeLibrary.GetExport(NativeLibrary.Load(Library, typeof(LuaNative).Assembly, null), function);
}
