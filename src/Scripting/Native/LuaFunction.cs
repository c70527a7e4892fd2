namespace SessionGateway.Scripting.Native;

/// <summary>A function that Lua calls: reads its arguments from the frame, pushes results.</summary>
/// <returns>Number of results.</returns>
internal delegate int LuaFunction(LuaFrame frame);
