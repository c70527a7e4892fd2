-- The globals of Redis' Lua 5.1, made of Lua 5.4 and the functions of the host. Runs once in each state.
-- Nothing native that runs long, calls back or looks at metatables is handed out: code that is called from native code
-- could not be taken away.
local host, base, ncoroutine, nmath, nstring, ntable, debug = ...

local FAIL, MORE = host.FAIL, host.MORE
local type, next, select, rawget, rawset, rawequal, rawlen = base.type, base.next, base.select, base.rawget,
    base.rawset,
    base.rawequal, base.rawlen
local error, npcall, nxpcall, ntostring = base.error, base.pcall, base.xpcall, base.tostring
local nsetmetatable, ngetmetatable, nunpack = base.setmetatable, debug.getmetatable, ntable.unpack
local nresume, nyield, ncreate, nstatus, nrunning = ncoroutine.resume, ncoroutine.yield, ncoroutine.create,
    ncoroutine.status, ncoroutine.running
local numbertext, parse, fix, taken = host.numbertext, host.parse, host.fix, host.taken
local floor, huge = nmath.floor, nmath.huge

local READONLY = "Attempt to modify a readonly table"

-- What a script sees of a table that it must not change, and the table.
local reals = nsetmetatable({}, { __mode = "k" })

local function protect(real, missing)
  local face = {}
  reals[face] = real
  return nsetmetatable(face, {
    __index = missing and nsetmetatable(real, { __index = missing }) or real,
    __newindex = function() error(READONLY, 2) end,
  })
end

local function check(first, ...)
  if first == FAIL then
    error((...), 2)
  end
  return first, ...
end

-- A function of the host whose errors name the line of the caller.
local function wrap(raw)
  return function(...) return check(raw(...)) end
end

local function badarg(number, name, what, got)
  error("bad argument #" .. number .. " to '" .. name .. "' (" .. what .. " expected, got " .. got .. ")", 3)
end

local function typename(count, number, value)
  return number > count and "no value" or type(value)
end

local globals = {}

-- base
-- ------------------------------------------------------------------------------------------------------------------

local function tostring(...)
  local value = ...
  local kind = type(value)
  if kind == "string" then
    return value
  elseif kind == "number" then
    return numbertext(value)
  elseif select("#", ...) == 0 then
    error("bad argument #1 to 'tostring' (value expected)", 2)
  end
  local meta = ngetmetatable(value)
  local own = meta and rawget(meta, "__tostring")
  if own then
    local text = own(value)
    if type(text) ~= "string" then
      error("'tostring' must return a string to 'print'", 2)
    end
    return text
  end
  if kind == "table" or kind == "function" or kind == "thread" then
    return host.addresstext(value)
  end
  return ntostring(value)
end

local function tonumber(...)
  local value, radix = ...
  if radix == nil or radix == 10 then
    if type(value) == "number" then
      return value + 0.0
    elseif type(value) == "string" then
      return parse(value)
    elseif select("#", ...) == 0 then
      error("bad argument #1 to 'tonumber' (value expected)", 2)
    end
    return nil
  end
  return check(host.tonumber(value, radix))
end

-- Messages as Lua 5.1 words them.
local function caught(problem)
  if type(problem) == "string" then
    return fix(problem)
  end
  return problem
end

local function pcallend(ok, ...)
  if ok then
    return true, ...
  end
  local problem = caught((...))
  if type(problem) == "table" then
    local text = problem.err
    if type(text) == "string" then
      problem = text
    end
  end
  return false, problem
end

function globals.pcall(...)
  return pcallend(npcall((...), select(2, ...)))
end

-- The handler runs when the stack is unwound: inside of native code it could not be taken away.
local function xpcallend(handler, ok, ...)
  if ok then
    return true, ...
  end
  return false, handler(caught((...)))
end

function globals.xpcall(...)
  local body, handler = ...
  if select("#", ...) < 2 then
    error("bad argument #2 to 'xpcall' (value expected)", 2)
  end
  return xpcallend(handler, npcall(body))
end

function globals.error(...)
  local problem, level = ...
  level = level or 1
  if type(problem) == "number" then
    problem = numbertext(problem)
  end
  if type(level) == "number" and level > 0 then
    level = level + 1
  end
  error(problem, floor(level))
end

function globals.assert(...)
  local value, message = ...
  if value then
    return ...
  end
  if select("#", ...) == 0 then
    error("bad argument #1 to 'assert' (value expected)", 2)
  end
  if message == nil then
    error("assertion failed!", 2)
  elseif type(message) ~= "string" and type(message) ~= "number" then
    badarg(2, "assert", "string", type(message))
  end
  error(type(message) == "number" and numbertext(message) or message, 2)
end

function globals.getmetatable(value)
  if type(value) == "string" then
    return host.stringmeta
  elseif reals[value] then
    return nil
  end
  local meta = ngetmetatable(value)
  if type(meta) == "table" then
    local shown = rawget(meta, "__metatable")
    if shown ~= nil then
      return shown
    end
  end
  return meta
end

function globals.setmetatable(...)
  local object, meta = ...
  if type(object) ~= "table" then
    badarg(1, "setmetatable", "table", typename(select("#", ...), 1, object))
  elseif meta ~= nil and type(meta) ~= "table" or select("#", ...) < 2 then
    error("bad argument #2 to 'setmetatable' (nil or table expected)", 2)
  elseif reals[object] then
    error(READONLY, 0)
  end
  local old = ngetmetatable(object)
  if old and rawget(old, "__metatable") ~= nil then
    error("cannot change a protected metatable", 2)
  end
  if meta then
    -- Tables have no finalizers and no length of their own in 5.1.
    local finalizer = rawget(meta, "__gc")
    if finalizer ~= nil then
      rawset(meta, "__gc", nil)
      nsetmetatable(object, meta)
      rawset(meta, "__gc", finalizer)
      return object
    end
  end
  return nsetmetatable(object, meta)
end

function globals.rawset(object, key, value)
  if type(object) ~= "table" then
    badarg(1, "rawset", "table", type(object))
  elseif reals[object] then
    error(READONLY, 0)
  end
  return rawset(object, key, value)
end

function globals.rawget(object, key)
  if type(object) ~= "table" then
    badarg(1, "rawget", "table", type(object))
  end
  return rawget(reals[object] or object, key)
end

function globals.next(object, key)
  if type(object) ~= "table" then
    badarg(1, "next", "table", object == nil and "no value" or type(object))
  end
  return next(reals[object] or object, key)
end

local pairsnext = globals.next

function globals.pairs(...)
  local object = ...
  if type(object) ~= "table" then
    badarg(1, "pairs", "table", typename(select("#", ...), 1, object))
  end
  if reals[object] then
    return pairsnext, object, nil
  end
  return next, object, nil
end

local function ipairsnext(object, number)
  number = number + 1.0
  local value = rawget(object, number)
  if value ~= nil then
    return number, value
  end
end

function globals.ipairs(...)
  local object = ...
  if type(object) ~= "table" then
    badarg(1, "ipairs", "table", typename(select("#", ...), 1, object))
  end
  return ipairsnext, object, 0.0
end

function globals.select(...)
  local number = ...
  if number == "#" then
    return select("#", ...) - 1.0
  end
  local at = tonumber(number)
  if not at then
    badarg(1, "select", "number", typename(select("#", ...), 1, number))
  end
  at = at < 0 and at + select("#", ...) or at
  at = at >= 0 and floor(at) or -floor(-at)
  if at < 1 then
    error("bad argument #1 to 'select' (index out of range)", 2)
  end
  return select(at + 1, ...)
end

local function toint(value, number, name)
  local converted = type(value) == "number" and value or type(value) == "string" and parse(value)
  if not converted then
    badarg(number, name, "number", value == nil and "no value" or type(value))
  end
  if converted ~= converted or converted >= 2 ^ 53 or converted <= -2 ^ 53 then
    return converted ~= converted and 0 or converted > 0 and 2 ^ 53 or -2 ^ 53
  end
  return converted >= 0 and floor(converted) or -floor(-converted)
end

local function plain(object)
  if reals[object] then
    return reals[object]
  end
  if ngetmetatable(object) == nil then
    return object
  end
  return nil
end

function globals.unpack(...)
  local list, from, to = ...
  if type(list) ~= "table" then
    badarg(1, "unpack", "table", typename(select("#", ...), 1, list))
  end
  from = from == nil and 1 or toint(from, 2, "unpack")
  to = to == nil and rawlen(list) or toint(to, 3, "unpack")
  if from > to then
    return
  end
  if to - from >= 7999 then
    error("too many results to unpack", 2)
  end
  if to - from > 50 then
    host.spend((to - from) / 50)
  end
  if plain(list) then
    return nunpack(list, from, to)
  end
  local copy, count = {}, 0
  for at = from, to do
    count = count + 1
    copy[count] = rawget(list, at)
  end
  return nunpack(copy, 1, count)
end

local function load(text, name)
  local translated, result = host.translate(text, name)
  if not translated then
    return nil, result
  end
  local made, problem = base.load(result, name, "t", globals._G)
  if not made then
    return nil, problem
  end
  return made(host.text, host.number)
end

function globals.loadstring(...)
  local text, name = ...
  if type(text) == "number" then
    text = numbertext(text)
  elseif type(text) ~= "string" then
    badarg(1, "loadstring", "string", typename(select("#", ...), 1, text))
  end
  return load(text, name == nil and text or name)
end

function globals.load(...)
  local reader, name = ...
  if type(reader) ~= "function" then
    badarg(1, "load", "function", typename(select("#", ...), 1, reader))
  end
  local text = ""
  while true do
    local piece = reader()
    if piece == nil or piece == "" then
      break
    elseif type(piece) ~= "string" then
      return nil, "reader function must return a string"
    end
    text = text .. piece
  end
  return load(text, name == nil and "=(load)" or name)
end

function globals.collectgarbage(what)
  if what == "count" then
    return host.kilobytes()
  end
  return 0.0
end

function globals.gcinfo()
  return floor(host.kilobytes()) + 0.0
end

function globals.rawequal(a, b) return rawequal(a, b) end

function globals.type(...)
  if select("#", ...) == 0 then
    error("bad argument #1 to 'type' (value expected)", 2)
  end
  return type((...))
end

globals.tostring = tostring
globals.tonumber = tonumber
globals._VERSION = "Lua 5.1"

-- coroutine
-- -------------------------------------------------------------------------------------------------------------

local coroutine = {}
local main

function coroutine.create(body)
  if type(body) ~= "function" then
    error("bad argument #1 to 'create' (Lua function expected)", 2)
  end
  return ncreate(body)
end

-- What was taken away inside of a coroutine is taken away here, too, and resumed where it was.
local function resumed(thread, ...)
  if taken() then
    nyield()
    return resumed(thread, nresume(thread))
  end
  return ...
end

function coroutine.resume(...)
  local thread = ...
  if type(thread) ~= "thread" then
    error("bad argument #1 to 'resume' (coroutine expected)", 2)
  end
  local function finish(ok, ...)
    if ok then
      return true, ...
    end
    return false, caught((...))
  end
  return finish(resumed(thread, nresume(...)))
end

function coroutine.wrap(body)
  local thread = coroutine.create(body)
  local function finish(ok, ...)
    if ok then
      return ...
    end
    error(caught((...)), 2)
  end
  return function(...) return finish(resumed(thread, nresume(thread, ...))) end
end

function coroutine.yield(...)
  local thread, ismain = nrunning()
  if thread == main or ismain then
    error("attempt to yield across metamethod/C-call boundary", 0)
  end
  return nyield(...)
end

function coroutine.status(thread)
  if type(thread) ~= "thread" then
    error("bad argument #1 to 'status' (coroutine expected)", 2)
  end
  return nstatus(thread)
end

function coroutine.running()
  local thread = nrunning()
  if thread ~= main then
    return thread
  end
end

-- math
-- ------------------------------------------------------------------------------------------------------------------

local math = { pi = nmath.pi, huge = huge }

for _, name in next, { "abs", "acos", "asin", "atan", "atan2", "ceil", "cos", "cosh", "deg", "exp", "floor", "fmod",
    "frexp",
    "ldexp", "log", "log10", "max", "min", "modf", "pow", "rad", "random", "randomseed", "sin", "sinh", "sqrt", "tan",
        "tanh" } do
  math[name] = wrap(host["math." .. name])
end

math.mod = math.fmod

-- table
-- -----------------------------------------------------------------------------------------------------------------

local table = {}

local function tablearg(name, count, object)
  if type(object) ~= "table" then
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. typename(count, 1, object) .. ")", 3)
  elseif reals[object] then
    error(READONLY, 0)
  end
end

function table.getn(...)
  local list = ...
  tablearg("getn", select("#", ...), list)
  return rawlen(list) + 0.0
end

function table.setn()
  error("'setn' is obsolete", 2)
end

function table.maxn(...)
  local list = ...
  tablearg("maxn", select("#", ...), list)
  local most = 0.0
  for key in next, list do
    if type(key) == "number" and key > most then
      most = key + 0.0
    end
  end
  return most
end

function table.insert(...)
  local list, position, value = ...
  local count = select("#", ...)
  tablearg("insert", count, list)
  local size = rawlen(list)
  if count == 2 then
    rawset(list, size + 1, position)
  elseif count == 3 then
    position = toint(position, 2, "insert")
    if position > size + 1 then
      size = position - 1
    end
    for at = size + 1, position + 1, -1 do
      rawset(list, at, rawget(list, at - 1))
    end
    rawset(list, position, value)
  else
    error("wrong number of arguments to 'insert'", 2)
  end
end

function table.remove(...)
  local list, position = ...
  tablearg("remove", select("#", ...), list)
  local size = rawlen(list)
  position = position == nil and size or toint(position, 2, "remove")
  if not (1 <= position and position <= size) then
    return
  end
  local value = rawget(list, position)
  for at = position, size - 1 do
    rawset(list, at, rawget(list, at + 1))
  end
  rawset(list, size, nil)
  return value
end

function table.concat(...)
  local list, separator, from, to = ...
  if type(list) ~= "table" then
    badarg(1, "concat", "table", typename(select("#", ...), 1, list))
  end
  list = reals[list] or list
  if separator == nil then
    separator = ""
  elseif type(separator) == "number" then
    separator = numbertext(separator)
  elseif type(separator) ~= "string" then
    badarg(2, "concat", "string", type(separator))
  end
  from = from == nil and 1 or toint(from, 3, "concat")
  to = to == nil and rawlen(list) or toint(to, 4, "concat")
  if to - from < 10000 then
    return check(host.join(list, separator, from, to))
  end
  local pieces, number = {}, 0
  for at = from, to, 10000 do
    number = number + 1
    pieces[number] = check(host.join(list, separator, at, at + 9999 < to and at + 9999 or to))
  end
  return table.concat(pieces, separator)
end

function table.foreach(list, body)
  tablearg("foreach", 1, list)
  for key, value in next, list do
    local result = body(key, value)
    if result ~= nil then
      return result
    end
  end
end

function table.foreachi(list, body)
  tablearg("foreachi", 1, list)
  for at = 1, rawlen(list) do
    local result = body(at + 0.0, rawget(list, at))
    if result ~= nil then
      return result
    end
  end
end

-- Lua 5.1's own way, so that an order that contradicts itself has the same end.
local function sort(list, low, high, less)
  while low < high do
    local a, b = rawget(list, low), rawget(list, high)
    if less(b, a) then
      rawset(list, low, b)
      rawset(list, high, a)
    end
    if high - low == 1 then
      break
    end
    local middle = (low + high) // 2
    local pivot, first = rawget(list, middle), rawget(list, low)
    if less(pivot, first) then
      rawset(list, middle, first)
      rawset(list, low, pivot)
    else
      local last = rawget(list, high)
      if less(last, pivot) then
        rawset(list, middle, last)
        rawset(list, high, pivot)
      end
    end
    if high - low == 2 then
      break
    end
    pivot = rawget(list, middle)
    rawset(list, middle, rawget(list, high - 1))
    rawset(list, high - 1, pivot)
    local i, j = low, high - 1
    while true do
      i = i + 1
      local x = rawget(list, i)
      while less(x, pivot) do
        if i > high then
          error("invalid order function for sorting", 0)
        end
        i = i + 1
        x = rawget(list, i)
      end
      j = j - 1
      local y = rawget(list, j)
      while less(pivot, y) do
        if j < low then
          error("invalid order function for sorting", 0)
        end
        j = j - 1
        y = rawget(list, j)
      end
      if j < i then
        break
      end
      rawset(list, i, y)
      rawset(list, j, x)
    end
    local x, y = rawget(list, high - 1), rawget(list, i)
    rawset(list, high - 1, y)
    rawset(list, i, x)
    if i - low < high - i then
      sort(list, low, i - 1, less)
      low = i + 1
    else
      sort(list, i + 1, high, less)
      high = i - 1
    end
  end
end

local function ascending(a, b) return a < b end

function table.sort(...)
  local list, less = ...
  tablearg("sort", select("#", ...), list)
  if less ~= nil and type(less) ~= "function" then
    badarg(2, "sort", "function", type(less))
  end
  local ok, problem = npcall(sort, list, 1, rawlen(list), less or ascending)
  if not ok then
    problem = caught(problem)
    error(problem, problem == "invalid order function for sorting" and 2 or 0)
  end
end

-- string
-- ----------------------------------------------------------------------------------------------------------------

local string = {}

for _, name in next, { "byte", "char", "dump", "len", "lower", "rep", "reverse", "sub", "upper" } do
  string[name] = wrap(host["string." .. name])
end

local function resumesearch(first, second, ...)
  return first, second, ...
end

function string.find(...)
  local text, pattern, init, isplain = ...
  local function finish(first, second, ...)
    if first == MORE then
      return finish(host.search(text, pattern, second, isplain, true))
    end
    return check(first, second, ...)
  end
  return finish(host.search(text, pattern, init, isplain, true, select("#", ...)))
end

function string.match(...)
  local text, pattern, init = ...
  local function finish(first, second, ...)
    if first == MORE then
      return finish(host.search(text, pattern, second, false, false))
    end
    return check(first, second, ...)
  end
  return finish(host.search(text, pattern, init, false, false, select("#", ...)))
end

function string.gmatch(...)
  local text, pattern = ...
  local at = 0
  local problem = host.pattern("gmatch", select("#", ...), text, pattern)
  if problem then
    error(problem, 2)
  end
  local function finish(first, second, third, ...)
    if first == MORE then
      return finish(host.step(text, pattern, second, false))
    elseif first == FAIL then
      error(second, 3)
    elseif first == nil then
      at = -1
      return nil
    end
    at = second == first and second + 1 or second
    return third, ...
  end
  return function()
    if at < 0 then
      return nil
    end
    return finish(host.step(text, pattern, at, false))
  end
end

string.gfind = string.gmatch

local function pick(first, second, third, ...)
  return first, second, third, ...
end

function string.gsub(...)
  local text, pattern, by, most = ...
  local count = select("#", ...)
  local problem = host.pattern("gsub", count, text, pattern)
  if problem then
    error(problem, 2)
  end
  local kind = type(by)
  if kind == "number" then
    by, kind = numbertext(by), "string"
  elseif kind ~= "string" and kind ~= "function" and kind ~= "table" then
    error("bad argument #3 to 'gsub' (string/function/table expected)", 2)
  end
  text, pattern = host.text(text), host.text(pattern)
  most = most == nil and huge or toint(most, 4, "gsub")
  local pieces, number, at, done = {}, 0, 0, 0
  local isanchored = nstring.sub(pattern, 1, 1) == "^"
  if kind == "string" then
    while true do
      local piece, position, matches, isover = host.replace(text, pattern, by, most - done, at)
      if piece == FAIL then
        error(position, 2)
      end
      number = number + 1
      pieces[number] = piece
      at, done = position, done + matches
      if isover then
        break
      end
    end
  else
    while done < most do
      local result
      local function take(first, second, whole, third, ...)
        if first == MORE then
          return take(host.step(text, pattern, second, true))
        elseif first == FAIL then
          error(second, 3)
        elseif first == nil then
          return nil
        end
        if kind == "function" then
          result = by(third, ...)
        else
          result = by[third]
        end
        return first, second, whole
      end
      local first, second, whole = take(host.step(text, pattern, at, true))
      if first == nil then
        break
      end
      done = done + 1
      if not result then
        result = whole
      elseif type(result) == "number" then
        result = numbertext(result)
      elseif type(result) ~= "string" then
        error("invalid replacement value (a " .. type(result) .. ")", 2)
      end
      number = number + 1
      pieces[number] = nstring.sub(text, at + 1, first) .. result
      at = second
      if second == first then
        if at >= #text then
          at = at + 1
          break
        end
        number = number + 1
        pieces[number] = nstring.sub(text, at + 1, at + 1)
        at = at + 1
      end
      if isanchored then
        break
      end
    end
    number = number + 1
    pieces[number] = nstring.sub(text, at + 1)
  end
  return globals.table.concat(pieces), done + 0.0
end

function string.format(...)
  local count = select("#", ...)
  for number = 2, count do
    local value = select(number, ...)
    if type(value) == "table" then
      local meta = ngetmetatable(value)
      if meta and rawget(meta, "__tostring") then
        local all = { ... }
        for at = 2, count do
          all[at] = type(all[at]) == "table" and tostring(all[at]) or all[at]
        end
        return check(host.format(nunpack(all, 1, count)))
      end
    end
  end
  return check(host.format(...))
end

-- Arithmetic of strings that are numbers.
local strings = ngetmetatable("")

local function arithmetic(name, operate)
  strings[name] = function(a, b)
    local x = type(a) == "string" and parse(a) or type(a) == "number" and a
    local y = type(b) == "string" and parse(b) or type(b) == "number" and b
    if not x or not y then
      local bad = a
      if x then
        bad = b
      end
      local meta = ngetmetatable(a) ~= strings and ngetmetatable(a) or ngetmetatable(b) ~= strings and ngetmetatable(b)
      local own = meta and rawget(meta, name)
      if own then
        return own(a, b)
      end
      local place = debug.getinfo(2, "Sl")
      local known = place and place.source == "@user_script"
          and host.operand(name, place.currentline, not rawequal(bad, a) or x ~= nil and x ~= false)
      error("attempt to perform arithmetic on " .. (known and known .. " (a " .. type(bad) .. " value)"
          or "a " .. type(bad) .. " value"), 2)
    end
    return operate(x + 0.0, y + 0.0)
  end
end

for name in next, strings do
  strings[name] = nil
end
arithmetic("__add", function(a, b) return a + b end)
arithmetic("__sub", function(a, b) return a - b end)
arithmetic("__mul", function(a, b) return a * b end)
arithmetic("__div", function(a, b) return a / b end)
arithmetic("__mod", function(a, b) return a % b end)
arithmetic("__pow", function(a, b) return a ^ b end)
arithmetic("__unm", function(a) return -a end)

-- redis
-- -----------------------------------------------------------------------------------------------------------------

local redis = {
  REDIS_VERSION = host.VERSION, REDIS_VERSION_NUM = host.VERSION_NUM,
  LOG_DEBUG = 0.0, LOG_VERBOSE = 1.0, LOG_NOTICE = 2.0, LOG_WARNING = 3.0,
  REPL_NONE = 0.0, REPL_AOF = 1.0, REPL_SLAVE = 2.0, REPL_REPLICA = 2.0, REPL_ALL = 3.0,
}

local run = host.call

function redis.call(...)
  local isfine, reply = run(...)
  while isfine == MORE do
    isfine, reply = run(...)
  end
  if isfine then
    return reply
  end
  error(reply)
end

function redis.pcall(...)
  local isfine, reply = run(...)
  while isfine == MORE do
    isfine, reply = run(...)
  end
  return reply
end

local function problem(text, ...)
  return { err = "ERR " .. text }
end

function redis.error_reply(...)
  local text = ...
  if select("#", ...) ~= 1 or type(text) ~= "string" then
    return problem("wrong number or type of arguments")
  end
  return { err = host.errortext(text) }
end

function redis.status_reply(...)
  local text = ...
  if select("#", ...) ~= 1 or type(text) ~= "string" then
    return problem("wrong number or type of arguments")
  end
  return { ok = text }
end

function redis.sha1hex(...)
  if select("#", ...) ~= 1 then
    error(problem("wrong number of arguments"))
  end
  return host.sha1hex((...))
end

local function complain(first, ...)
  if first ~= nil then
    error(problem(first))
  end
end

function redis.log(...) complain(host.log(...)) end
function redis.setresp(...) complain(host.setresp(...)) end
function redis.set_repl(...) complain(host.set_repl(...)) end

function redis.acl_check_cmd(...)
  local known, text = host.acl_check_cmd(...)
  if known == nil then
    error(problem(text))
  end
  return known
end

function redis.breakpoint() return false end
function redis.debug() end
function redis.replicate_commands() return true end

-- the others
-- ------------------------------------------------------------------------------------------------------------

local function library(prefix, names)
  local made = {}
  for _, name in next, names do
    made[name] = wrap(host[prefix .. "." .. name])
  end
  return made
end

local bit = library("bit",
  { "arshift", "band", "bnot", "bor", "bswap", "bxor", "lshift", "rol", "ror", "rshift", "tobit", "tohex" })

globals.string, globals.table, globals.math = protect(string), protect(table), protect(math)
globals.coroutine, globals.redis, globals.bit = protect(coroutine), protect(redis), protect(bit)
globals.os = protect({ clock = host.clock })
host.stringmeta = protect({ __index = globals.string })
for name, names in next, host.libraries do
  local made = library(name, names)
  for constant, value in next, host.constants[name] or {} do
    made[constant] = value
  end
  globals[name] = protect(made)
end
strings.__index = string

local scope = protect(globals, function(_, name)
  error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
end)
globals._G = scope

-- Where the error was raised, as the first line of the script that is found upwards.
local function handler(what)
  local text = what
  if type(what) ~= "table" then
    text = { err = "ERR " .. tostring(caught(what)) }
  end
  for level = 2, 50 do
    local place = debug.getinfo(level, "Sl")
    if not place then
      break
    elseif place.source == "@user_script" then
      text.source, text.line = place.source, place.currentline
      break
    end
  end
  return text
end

local function driver(body)
  main = nrunning()
  return nxpcall(body, handler)
end

-- The first place of the script in a coroutine that was taken away.
local function whereisit(thread)
  for level = 0, 50 do
    local place = debug.getinfo(thread, level, "Sl")
    if not place then
      return ""
    elseif place.source == "@user_script" then
      return "@user_script:" .. place.currentline
    end
  end
  return ""
end

return driver, globals, scope, host.text, host.number, whereisit
