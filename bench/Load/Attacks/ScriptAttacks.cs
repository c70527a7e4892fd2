using System.Text;

namespace SessionGateway.Bench.Load.Attacks;

/// <summary>Scripts that take everything they can get, a hundred at a time, each on a connection and a key of its own;
/// what ends is sent again.</summary>
internal static class ScriptAttacks
{
    private const int Connections = 100;

    private static readonly string[] Loops =
    [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "redis.call('SET', KEYS[1], 'x') while true do end",
        "while true do redis.call('GET', KEYS[1]) end",
        "coroutine.wrap(function() while true do end end)()",
    ];

    private static readonly string[] Strings =
    [
        "local s = 'x' while true do s = s .. s end",
        "return string.rep('x', 1e9)",
        "while true do string.rep('x', 1e7) end",
        "return string.gsub(string.rep('x', 1e6), 'x', string.rep('y', 1000))",
        "local s = string.rep('x', 1e6) return string.format(string.rep('%s', 60), s, s, s, s, s, s, s, s, s, s, s, s)",
    ];

    private static readonly string[] Recursion =
    [
        "local function f(n) return f(n + 1) + 1 end return f(1)",
        "local f f = function() return pcall(f) end f()",
        "local function f() return coroutine.wrap(f)() end f()",
        "local t = {1} t[2] = t t[3] = t return t",
        "return cjson.decode(string.rep('[', 1e6))",
    ];

    private static readonly string[] Metatables =
    [
        "local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]",
        "return tostring(setmetatable({}, {__tostring = function() while true do end end}))",
        "local a = setmetatable({}, {__lt = function() while true do end end}) return a < a",
        "setmetatable({}, {__gc = function() while true do end end}) for i = 1, 1e5 do local x = {} end return 1",
        "local t = {} while true do t[#t + 1] = 'xx' .. #t end",
    ];

    private static readonly string[] Patterns =
    [
        "return string.find(string.rep('a', 50000), string.rep('a*', 30) .. 'b')",
        "return string.find(string.rep('a', 100000), '.-.-.-.-b')",
        "return string.match(string.rep('a', 100000), '^(a?)*$')",
        "local s = string.rep('a', 1e6) while true do string.gsub(s, 'b*', 'c') end",
        "return string.find('x', string.rep('[', 100000))",
    ];

    /// <summary>One attack of each kind, and one of all.</summary>
    public static IReadOnlyList<Attack> All() =>
    [
        Of("endless loops", Loops), Of("strings of 1 GB", Strings), Of("recursion", Recursion),
        Of("metatables", Metatables), Of("patterns", Patterns),
        Of("all kinds", Corpus()),
    ];

    // What tests run, too, one script a line.
    private static string[] Corpus() => File.ReadAllLines(
        Path.Combine(AppContext.BaseDirectory, "Attacks", "adversaries.lua"), Encoding.Latin1);

    private static Attack Of(string name, string[] scripts) => new(
        $"{Math.Max(scripts.Length, Connections)} scripts: {name}", [], [])
    {
        Others = [.. Enumerable.Range(0, Math.Max(scripts.Length, Connections)).Select(
            i => Attack.Resp(["EVAL", scripts[i % scripts.Length], "1", $"hostile:{i}"]))],
    };
}
