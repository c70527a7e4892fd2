while true do end
while true do pcall(function() while true do end end) end
local s = 'x' while true do s = s .. s end
return string.rep('x', 1e9)
return string.rep('x', 2^40)
while true do string.rep('x', 1e7) end
local s = string.rep('x', 4e6) return s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s..s
local function f(n) return f(n + 1) + 1 end return f(1)
local f f = function() return pcall(f) end f()
local f f = function(...) return f(1, ...) end f()
local f f = function() return xpcall(f, f) end f()
local function f() return coroutine.wrap(f)() end f()
local t = {} while true do t[#t + 1] = 'xx' .. #t end
local t = {} for i = 1, 1e9 do t[i] = {} end
local t = {} while true do t = {t} end
local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]
local t = setmetatable({}, {}) getmetatable(t).__index = t return t.x
return tostring(setmetatable({}, {__tostring = function() while true do end end}))
return setmetatable({}, {__concat = function() while true do end end}) .. 'x'
local a = setmetatable({}, {__lt = function() while true do end end}) return a < a
setmetatable({}, {__gc = function() while true do end end}) for i = 1, 1e5 do local x = {} end return 1
return xpcall(error, function() while true do end end)
error(setmetatable({}, {__tostring = function() while true do end end}))
table.sort({3, 2, 1}, function() while true do end end)
string.gsub('x', 'x', function() while true do end end)
local t = {} for i = 1, 1e5 do t[i] = i end table.sort(t, function() return true end)
coroutine.wrap(function() while true do end end)()
load(function() while true do end end)
return string.find(string.rep('a', 50000), string.rep('a*', 30) .. 'b')
return string.find(string.rep('a', 100000), '.-.-.-.-b')
return string.find(string.rep('a', 100000), '(.*)(.*)(.*)x')
return string.match(string.rep('a', 100000), '^(a?)*$')
return string.match(string.rep('[', 10000), '%b[]')
return string.find('x', string.rep('[', 100000))
return string.find(string.rep('a', 1000), string.rep('(a', 40))
return string.gsub(string.rep('x', 1e6), 'x', string.rep('y', 1000))
local s = string.rep('a', 1e6) while true do string.gsub(s, 'b*', 'c') end
for w in string.gmatch(string.rep('a', 1e6), 'a') do end while true do end
local s = string.rep('x', 1e6) return string.format(string.rep('%s', 60), s, s, s, s, s, s, s, s, s, s, s, s)
return table.concat(setmetatable({}, {__index = function() while true do end end}), ',', 1, 10)
local t = {} for i = 1, 200 do t[i] = string.rep('x', 1e5) end while true do table.concat(t) end
local t = {} t[1] = t return t
local t = {1} t[2] = t t[3] = t return t
local t = {} for i = 1, 7000 do t[i] = 1 end while true do unpack(t) end
return select('#', unpack({}, 1, 1e7))
while true do loadstring('return 1') end
return loadstring(string.rep('(', 10000) .. '1')
return loadstring(string.rep('a=', 10000) .. '1')
return cjson.decode(string.rep('[', 1e6))
return cjson.decode('[' .. string.rep('1,', 1e6) .. '1]')
local t = {} t.t = t return cjson.encode(t)
return cmsgpack.unpack(string.rep('\145', 1e6))
return cmsgpack.unpack('\221\255\255\255\255' .. string.rep('\192', 1e6))
return struct.pack('c0', string.rep('x', 1e8))
while true do redis.sha1hex(string.rep('x', 1e6)) end
while true do redis.call('get', KEYS[1]) end
for i = 1, 1e9 do redis.call('append', KEYS[1], string.rep('x', 1000)) end
while true do redis.call('keys', '*') end
while true do redis.pcall('nothing') end
while true do tostring({}) end
while true do collectgarbage() end
for name in pairs(_G) do _G[name] = nil end
getmetatable('').__index = nil
local t = {} for i = 1, 1e6 do t[i] = 'x' end return table.concat(t)
local t = {} for i = 1, 1e5 do t[i] = string.rep('x', 100) end return table.concat(t, ',')
local t = {} for i = 1, 1e5 do t[i] = i % 7 end table.sort(t, function(a, b) return a ~= b end) return 1
local t = {} for i = 1, 1e5 do t[i] = {} end table.sort(t) return 1
local t = {} for i = 1, 1e5 do t[i] = -i end while true do table.sort(t) table.sort(t, function(a, b) return a > b end) end
local t = {} for i = 1, 1e4 do t[i] = i end table.sort(t, function(a, b) error({}) end)
local t = {} for i = 1, 1e4 do t[i] = i end return table.sort(t, function(a, b) t[#t + 1] = a return a < b end)
local t = {} for i = 1, 1e5 do table.insert(t, 1, i) end return #t
local t = {} for i = 1, 1e5 do t[i] = i end while #t > 0 do table.remove(t, 1) end return 1
local t = {} for i = 1, 2e5 do t['k' .. i] = i end while true do for k, v in pairs(t) do end end
local t = {} for i = 1, 3e5 do t[i] = i end for i = 1, 3e5 do t[i] = nil end while next(t) == nil do t.x = nil end
local t = {} t[2 ^ 52] = 1 t[-1] = 1 for i = 1, 1e9 do t[i * 1024] = i end
while true do string.format(string.rep('%d', 99), unpack({}, 1, 99)) end
return string.format('%99.99f', 1e308) .. string.format('%1000000d', 1)
while true do string.format('%q', string.rep('\0', 1e5)) end
return string.format('%s', setmetatable({}, {__tostring = function() return string.rep('x', 1e7) end}))
local s = string.rep('x', 1e5) while true do s:gsub('.', function(c) return c .. c end) end
local s = string.rep('x', 1e5) return s:gsub('.', {x = string.rep('y', 1000)})
local s = string.rep('x', 1e5) return s:gsub('.', function() error('x') end)
local s = string.rep('ab', 1e5) while true do s:find('b', 1, true) s:find('ba$') s:reverse() s:upper() end
local s = string.rep('a', 1e5) while true do s:find(string.rep('a', 1e4) .. 'b', 1, true) end
local s = string.rep('a', 5e5) while true do s:find(string.rep('a', 2e5) .. 'b', 1, true) end
return string.find(string.rep('a', 3e4), string.rep('a?', 3e4) .. string.rep('a', 3e4))
return string.find(string.rep('(', 1e5), '%b()')
while true do string.gsub(string.rep('a', 1e5), '%f[%w]%w+', '%0%0') end
return string.match(string.rep('a', 200000), '(.-)(.-)(.-)(.-)(.-)b')
local s = string.rep('x ', 5e5) local n = 0 for w in s:gmatch('%S+') do n = n + 1 end return n
local s = '' for i = 1, 1e6 do s = s .. 'x' end return #s
local s = string.rep('x', 7e6) for i = 1, 1e6 do s = s:sub(2) end
local s = string.rep('x', 4e6) while true do local t = s .. s end
while true do string.char(unpack({1, 2, 3})) string.byte(string.rep('x', 7000), 1, 7000) end
local t = {} for i = 1, 1e5 do t[i] = i end while true do cjson.encode(t) end
local t = {} for i = 1, 900 do t = {t} end return cjson.encode(t)
local t = {} for i = 1, 1e5 do t[i] = string.rep('"', 100) end return cjson.encode(t)
local s = cjson.encode(string.rep('\1', 1e6)) while true do cjson.decode(s) end
return cjson.decode(string.rep('{"a":', 1e5) .. '1')
return cjson.decode('{"a":"' .. string.rep('\\u0041', 1e6) .. '"}')
while true do cjson.decode('[' .. string.rep('1e5,', 1e5) .. '1]') end
cjson.encode_sparse_array(true, 1, 1) return cjson.encode({[1] = 1, [1e9] = 2})
local t = {} for i = 1, 1e5 do t[i] = {i} end while true do cmsgpack.pack(t) end
local t = {} for i = 1, 50 do t = {t, t} end return cmsgpack.pack(t)
local s = cmsgpack.pack(string.rep('x', 1e6)) while true do cmsgpack.unpack(s) end
return cmsgpack.unpack(string.rep('\223\0\0\0\1\160', 1e5))
return cmsgpack.pack(unpack({}, 1, 7999))
return struct.pack(string.rep('d', 1e5), 1)
return struct.unpack(string.rep('b', 7999), string.rep('x', 1e5))
return struct.unpack('c2000000000', 'x')
while true do bit.tohex(bit.bxor(1, 2, 3)) bit.bswap(bit.rol(1, 40)) end
local c = {} for i = 1, 1e5 do c[i] = coroutine.create(function() coroutine.yield() end) coroutine.resume(c[i]) end
local c c = coroutine.wrap(function() while true do coroutine.yield(c) end end) while true do c() end
local function f() coroutine.yield(coroutine.wrap(f)) end while true do coroutine.wrap(f)() end
return coroutine.wrap(function() return coroutine.wrap(function() while true do end end)() end)()
local c = coroutine.create(function() error(setmetatable({}, {__tostring = function() while true do end end})) end) return tostring(select(2, coroutine.resume(c)))
error(setmetatable({}, {__index = function() while true do end end}))
error({err = string.rep('x', 1e7)})
error(string.rep('x', 1e7))
return {err = string.rep('x', 5e6)}
return {ok = string.rep('x', 5e6)}
local t = {} for i = 1, 1e5 do t[i] = string.rep('x', 100) end return t
local t = {} for i = 1, 900 do t = {t} end return t
return setmetatable({}, {__index = function(t, i) if i < 1e9 then return i end end})
while true do pcall(error, {}) xpcall(error, tostring) end
local function f(...) return select('#', ...) end local t = {} for i = 1, 7999 do t[i] = i end while true do f(unpack(t)) end
local t = setmetatable({}, {__mode = 'kv'}) while true do t[{}] = {} end
local t = setmetatable({}, {__newindex = function(t, k, v) t[k] = v end}) t.x = 1
local t = setmetatable({}, {__call = function(self, ...) return self(...) end}) return t()
local t = setmetatable({}, {__eq = function() while true do end end}) return t == setmetatable({}, getmetatable(t))
local t = setmetatable({}, {__unm = function(t) return -t end}) return -t
local a, b = {}, {} for i = 1, 1e5 do a[i] = {} b[i] = function() return a[i] end end collectgarbage() return #b
while true do loadstring('return ' .. string.rep('1 +', 150) .. ' 1')() end
return loadstring('return ' .. string.rep('{', 190) .. string.rep('}', 190))()
return loadstring(string.rep('local a ', 199) .. string.rep('x = 1 ', 8000))
for i = 1, 1e6 do redis.call('set', KEYS[1] .. i, i) end
for i = 1, 1e6 do redis.call('rpush', KEYS[1], i) end return redis.call('lrange', KEYS[1], 0, -1)
for i = 1, 1e6 do redis.call('hset', KEYS[1], i, i) end return redis.call('hgetall', KEYS[1])
redis.call('setrange', KEYS[1], 4e6, 'x') while true do redis.call('get', KEYS[1]) end
redis.call('setrange', KEYS[1], 3e7, 'x') while true do redis.call('bitcount', KEYS[1]) end
while true do redis.call('publish', KEYS[1], string.rep('x', 1e5)) end
while true do redis.pcall('get') redis.error_reply('x') redis.status_reply('x') end
while true do redis.log(redis.LOG_WARNING, string.rep('x', 1000)) end
return redis.call(unpack({}, 1, 7999))
local t = {'mget'} for i = 2, 7000 do t[i] = 'k' .. i end while true do redis.call(unpack(t)) end
local t = {'del'} for i = 2, 7000 do t[i] = 'k' .. i end while true do redis.call(unpack(t)) end
while true do math.random() math.randomseed(1) os.clock() end
while true do tonumber(string.rep('1', 1e5)) tonumber('z', 36) tostring(1e308) end
return loadstring(string.rep('a=1 ', 1000000))()
while true do pcall(loadstring, string.rep('a=1 ', 300000)) end
while true do loadstring(string.rep('a=1 ', 4000)) end
return load(function() return 'a=1 ' end)
