return 1
---
return {1,2,"a",3.7,true,false,{ok="fine"}}
---
return redis.call("nope")
---
return redis.call("get")
---
return redis.call("eval","return 1",0)
---
return redis.call("subscribe","a")
---
return redis.call()
---
return redis.call(nil)
---
return redis.call("get",{})
---
return redis.call("get",true)
---
return {err="x"}
---
return {err="MY thing\r\nx"}
---
return {ok="a\r\nb"}
---
error("a")
---
error({err="My Err"})
---
error({err="nocode"})
---
error("a",0)
---
error("a",2)
---
error()
---
error(nil)
---
error(12)
---
return foo
---
x=1
---
return x x
---
return tostring(print)
---
return {pcall(function() error("a") end)}
---
return {pcall(redis.call,"nope")}
---
return redis.pcall("nope")
---
return redis.pcall("nope").err
---
return redis.pcall("get","a","b")
---
for i=1,2 do local x = 5 .. {} end
---
return ('abc')+1
---
local x='abc' return x+1
---
local t={} return t.x.y
---
local t return t.x
---
return KEYS.a.b
---
assert(false)
---
assert(nil,"msg")
---
return assert(1,2)
---
assert(false,{})
---
return {1,nil,2}
---
string.foo=1
---
redis.foo=1
---
_G.foo=1
---
rawset(_G,"foo",1)
---
rawset(redis,"foo",1)
---
return getmetatable("") == nil
---
return setmetatable(redis,{})
---
return string.rep("x",-1)
---
return string.rep("ab",3)
---
return redis.error_reply("MY ERR")
---
return redis.error_reply("-nospace")
---
return redis.error_reply("nospace")
---
return redis.error_reply("-ERR x\r\n")
---
return redis.error_reply()
---
return redis.error_reply(1)
---
return redis.status_reply("fine")
---
return redis.status_reply()
---
return redis.sha1hex()
---
return redis.sha1hex("abc")
---
return redis.sha1hex(12)
---
redis.setresp(4)
---
redis.setresp()
---
redis.log(1)
---
redis.log("a","b")
---
redis.log(9,"b")
---
redis.log(redis.LOG_WARNING,"b")
---
local a; a()
---
nofunc()
---
redis.nofunc()
---
local t={} t.x()
---
local t={} t:x()
---
return string.rep()
---
return ("x"):bad()
---
return ARGV[1]+1
---
return ARGV[2]+1
---
return ARGV[2]*2 .. ""
---
return ARGV[2]/4 .. ""
---
return ARGV[2]-0.5
---
return -ARGV[2]
---
return #ARGV
---
return #ARGV .. "x"
---
return #ARGV / 2 .. "x"
---
return 10/2 .. " " .. 3 .. " " .. 7/2 .. " " .. 2^53 .. " " .. 1e15 .. " " .. 1e14 .. " " .. 123456789012345 .. " " .. 0.1
---
return tostring(0/0)
---
return {tostring(3), tostring(3.5), tostring(nil), tostring(true)}
---
return tostring(2^31) .. " " .. tostring(2^63) .. " " .. 2^64
---
return 2^63
---
return -2^63
---
return 0/0
---
return 1/0
---
return 3.99
---
return -3.99
---
return "a".."b"..1
---
return 1 .. 2
---
return 7 % 3 .. " " .. -7 % 3 .. " " .. 7 % -3 .. " " .. 5.5 % 2
---
return 7//2
---
return 7 & 2
---
goto x
---
local x <close> = nil
---
return 1 ~= 2
---
return not nil
---
return "\65\066\n\x41"
---
return "abc
---
return [[abc
---
return [==[a]]b]==]
---
return 3x
---
return 0x10
---
return 1..2
---
if true then return 1
---
for i=1 do end
---
local function
---
return return
---
break
---
while true do break end return 5
---
x = = 1
---
a.b:c = 1
---
f
---
(f)
---
return {a=1,b=2}
---
return {[1]=1,[2]=2,[4]=4}
---
return {{{{}}}}
---
return function() end
---
return coroutine.create(function() end)
---
return
---
return nil
---
return nil, 1
---
return 1, 2
---
return unpack({1,2,3})
---
return {unpack({1,2,3})}
---
return {unpack({1,2,3},2)}
---
return {unpack({1,2,3},2,5)}
---
return select("#",1,nil,nil)
---
return {select(2,"a","b","c")}
---
return {select(-1,"a","b","c")}
---
return select(0,1)
---
return table.getn({1,2,3})
---
return table.maxn({1,2,[10]=3})
---
local t={5,2,8,1} table.sort(t) return t
---
local t={5,2,8,1} table.sort(t,function(a,b) return a>b end) return t
---
local t={5,"a"} table.sort(t)
---
local t={3,1,2} table.sort(t,function(a,b) return true end) return t
---
local t={1,2,3} table.insert(t,4) table.insert(t,1,0) return t
---
local t={1,2,3} return {table.remove(t),table.remove(t,1),#t}
---
return table.concat({1,2,"a"},",")
---
return table.concat({1,{},3})
---
return table.concat({1,2,3},", ",2,3)
---
return table.insert({},1,2,3)
---
return table.insert(nil,1)
---
return table.foreach
---
local r={} for k,v in pairs({a=1}) do r[#r+1]=k r[#r+1]=v end return r
---
local r={} for k,v in ipairs({1,2,nil,4}) do r[#r+1]=k..":"..v end return r
---
for k,v in pairs(nil) do end
---
for k,v in nil do end
---
for i=1,"x" do end
---
local r={} for i=1,ARGV[2],7 do r[#r+1]=i end return r
---
local r={} for i=3,1,-1 do r[#r+1]=i end return r
---
local r={} for i=1,2,0.5 do r[#r+1]=tostring(i) end return r
---
return {string.find("hello world","(o)%s(w)")}
---
return {string.find("hello","l")}
---
return {string.find("a.b",".",1,true)}
---
return {string.find("hello","xyz")}
---
return {string.find("hello","")}
---
return {string.find("hello","",10)}
---
return {string.match("key:123","(%a+):(%d+)")}
---
return {string.match("  x  ","^%s*(.-)%s*$")}
---
return {string.gsub("hello","l",function(c) return c..c end)}
---
return {string.gsub("hello","l","L",1)}
---
return {string.gsub("hello world","(%w+)","<%1>")}
---
return {string.gsub("hello","",".")}
---
return {string.gsub("$name","%$(%w+)",{name="x"})}
---
return {string.gsub("abc","%w","%%%0")}
---
return {string.gsub("abc","%w","%2")}
---
return string.gsub("abc","(","x")
---
return string.gsub("abc","%","x")
---
return string.gsub("abc","[a","x")
---
return string.gsub("abc","x")
---
return string.gsub("abc","b",true)
---
return string.gsub("abc","b",function() return {} end)
---
local r={} for w in string.gmatch("one two three","%a+") do r[#r+1]=w end return r
---
local r={} for k,v in string.gmatch("a=1,b=2","(%w+)=(%w+)") do r[#r+1]=k..v end return r
---
return string.format("%5.2f|%d|%s|%x|%X|%o|%5s|%-5s|%05d|%+d|%c|%e|%g|%q|%%",3.14159,3.9,"a",255,255,8,"ab","ab",42,7,65,12345.678,0.0001,"a\nb\"")
---
return string.format("%d","x")
---
return string.format("%d")
---
return string.format("%y",1)
---
return string.format("%s",nil)
---
return string.format("%s",{})
---
return string.format("%s",true)
---
return string.format("%.3s","abcdef")
---
return string.format("%.20s",12)
---
return string.format("%i %u",-5,5)
---
return string.format("%d",2^53)
---
return string.format("%.0f %.10g %g",0.5,1/3,1e20)
---
return string.format("%14.3e|%G",12345.6789,1e-10)
---
return {string.byte("abc",1,-1)}
---
return string.char(72,105)
---
return string.char(300)
---
return {string.len("abc"),string.upper("aBc"),string.lower("aBc"),string.reverse("abc")}
---
return {string.sub("hello",2,3),string.sub("hello",-3),string.sub("hello",0),string.sub("hello",2,-2),("hello"):sub(1.9)}
---
return string.sub()
---
return string.sub("x",{})
---
return {tonumber("10"),tonumber("0x10"),tonumber("  5  "),tonumber("1e2"),tonumber("ff",16),tonumber("777",8),tonumber("z",36)}
---
return tonumber("abc")
---
return tonumber("")
---
return tonumber({})
---
return tonumber("10",99)
---
return tonumber()
---
return tostring(tonumber("inf")) 
---
return tostring(tonumber("nan"))
---
return {type(1),type("a"),type(nil),type({}),type(print),type(redis.call)}
---
return type()
---
return {math.floor(3.7),math.ceil(3.2),math.abs(-4),math.max(1,5,3),math.min(4,2),math.sqrt(16),math.pow(2,10),math.fmod(7,3),math.mod(7,3)}
---
return {tostring(math.pi),tostring(math.huge),tostring(math.exp(1)),tostring(math.log(10)),tostring(math.log10(1000)),tostring(math.sin(1)),tostring(math.modf(3.7))}
---
return math.floor("x")
---
return math.floor()
---
return {math.frexp(8),math.ldexp(0.5,4)}
---
return {bit.band(-1,255),bit.bor(1,2),bit.bxor(5,1),bit.bnot(0),bit.lshift(1,31),bit.rshift(-1,28),bit.arshift(-16,2),bit.tobit(2^32+5),bit.rol(1,33),bit.ror(1,1),bit.bswap(0x12345678)}
---
return {bit.tohex(255),bit.tohex(255,4),bit.tohex(-1,-4)}
---
return bit.band()
---
return bit.band("x")
---
return xpcall(function() local x=nil; return x.y end, function(e) return e end)
---
return {xpcall(function() local x=nil; return x.y end, function(e) return "h:"..e end)}
---
return {xpcall(function() return 1,2 end, function(e) return e end)}
---
return {pcall(error,{err="x"})}
---
return {pcall(error,"x",0)}
---
return {pcall(error)}
---
return {pcall(function() return nil+1 end)}
---
return {pcall(function() local t={} return t<1 end)}
---
return {pcall(function() return {}<{} end)}
---
return {pcall(function() return #nil end)}
---
return {pcall(function() return nil .. "x" end)}
---
local a,b="x" return {pcall(function() return a..b end)}
---
local t={} return {pcall(function() return t.a.."x" end)}
---
return pcall()
---
return coroutine.yield(1)
---
local co=coroutine.create(function(a) local b=coroutine.yield(a+1) return b*2 end) local r={} local _,x=coroutine.resume(co,1) r[1]=x _,x=coroutine.resume(co,10) r[2]=x r[3]=coroutine.status(co) r[4]={coroutine.resume(co)} return r
---
local f=coroutine.wrap(function() for i=1,3 do coroutine.yield(i) end end) return {f(),f(),f()}
---
local f=coroutine.wrap(function() error("x") end) f()
---
return {coroutine.resume(coroutine.create(function() error("x") end))}
---
return loadstring("return 1+1")()
---
return {loadstring("x x")}
---
return {loadstring("x x","=name")}
---
return {loadstring("x x","@name")}
---
local f=loadstring("return ...") return f(5)
---
return {load(function() return nil end)}
---
local n=0 return load(function() n=n+1 return ({"return ","7"})[n] end)()
---
return loadstring(string.dump(function() end))
---
return {loadstring("\27Lua")}
---
return setmetatable({},{__index=function(t,k) return k.."!" end}).foo
---
return setmetatable({},{__call=function(self,a) return a end})(9)
---
return tostring(setmetatable({},{__tostring=function() return "T" end}))
---
return setmetatable({},{__add=function(a,b) return 42 end})+1
---
return setmetatable({},{__concat=function(a,b) return "cc" end}).."x"
---
return "x"..setmetatable({},{__concat=function(a,b) return a.."cc" end})
---
return setmetatable({},{__metatable="locked"}) and getmetatable(setmetatable({},{__metatable="locked"}))
---
setmetatable(setmetatable({},{__metatable="locked"}),{})
---
setmetatable(1,{})
---
setmetatable({})
---
local t=setmetatable({},{__newindex=function(t,k,v) rawset(t,k,v*2) end}) t.a=5 return t.a
---
local t=setmetatable({},{__lt=function(a,b) return true end}) return t<t
---
return {rawequal("a","a"),rawget({5},1)}
---
return _VERSION
---
return next({})
---
return {next({5})}
---
return collectgarbage("count")>0
---
return type(gcinfo())
---
return io
---
return require
---
return dofile
---
return debug
---
return print
---
return module
---
return redis.REDIS_VERSION
---
return redis.REDIS_VERSION_NUM
---
return {redis.LOG_DEBUG,redis.LOG_VERBOSE,redis.LOG_NOTICE,redis.LOG_WARNING,redis.REPL_ALL,redis.REPL_NONE,redis.REPL_AOF,redis.REPL_SLAVE,redis.REPL_REPLICA}
---
redis.set_repl(redis.REPL_ALL) return 1
---
redis.set_repl(77)
---
redis.set_repl()
---
return redis.replicate_commands()
---
return redis.breakpoint()
---
return redis.acl_check_cmd("get","a")
---
return redis.acl_check_cmd("nope")
---
return redis.acl_check_cmd()
---
return {redis.call("get",KEYS[1]),redis.call("strlen",KEYS[1])}
---
return redis.call("get","none")
---
return redis.call("get","none") == false
---
return redis.call("set",KEYS[1],"v")
---
return redis.call("set",KEYS[1],"v").ok
---
return redis.call("incr",KEYS[2])
---
return redis.call("incr",KEYS[1])
---
return redis.pcall("incr",KEYS[1])
---
return {pcall(redis.call,"incr",KEYS[1])}
---
local r=redis.pcall("incr",KEYS[1]) local o={} for k,v in pairs(r) do o[#o+1]=k end table.sort(o) return o
---
return redis.call("set",KEYS[1],1.5) and redis.call("get",KEYS[1])
---
return redis.call("set",KEYS[1],0.1) and redis.call("get",KEYS[1])
---
return redis.call("set",KEYS[1],1e20) and redis.call("get",KEYS[1])
---
return redis.call("set",KEYS[1],100) and redis.call("get",KEYS[1])
---
return redis.call("set",KEYS[1],-0.0) and redis.call("get",KEYS[1])
---
return redis.call("set",KEYS[1],12345678901234567890) and redis.call("get",KEYS[1])
---
return redis.call("incrbyfloat",KEYS[2],0.5)
---
return redis.call("mget","s","n","none")
---
return redis.call("type",KEYS[1])
---
return redis.call("TYPE",KEYS[1]).ok
---
return redis.call("ttl",KEYS[1])
---
return redis.call("exists","s","n","z")
---
return redis.call("ping")
---
return redis.call("echo","x")
---
return redis.call("select",1)
---
redis.call("select",1) redis.call("set","zz",1) return redis.call("dbsize")
---
return redis.call("multi")
---
return redis.call("watch","a")
---
return redis.call("auth","a")
---
return redis.call("hello")
---
return redis.call("config","get","maxmemory")
---
return redis.call("script","load","return 1")
---
return redis.call("client","id")
---
return redis.call("client","nosuch")
---
return redis.call("shutdown")
---
return redis.call("wait",0,0)
---
return redis.call("publish","ch","m")
---
return type(redis.call("time")[1])
---
redis.setresp(3) return redis.call("get","none")
---
redis.setresp(3) return redis.call("get","none") == nil
---
redis.setresp(3) return true
---
redis.setresp(3) return false
---
return true
---
return false
---
return {true,false}
---
return {double=3.5}
---
return {double=3}
---
return {double=1/0}
---
return {big_number="12345678901234567890"}
---
return {verbatim_string={format="txt",string="hello"}}
---
return {verbatim_string={format="txtx",string="hello"}}
---
return {map={a=1}}
---
return {set={a=true}}
---
redis.setresp(3) return {map={a=1}}
---
redis.setresp(3) return {double=3.14}
---
return {map={[1]={set={x=true}}}}
---
local function f(a) if a==0 then return 0 end return f(a-1) end return f(10000)
---
local function f(...) return select("#",...) end return f(1,nil,3,nil)
---
local function f(...) return arg.n end return f(1,2,3)
---
local function f(a,...) local x={...} return #x end return f(1,2,3)
---
local t={n=1,["a b"]=2} return t["a b"]
---
local s=0 for i=1,100 do s=s+i end return s
---
local i=1 repeat local j=i i=i+1 until j>5 return i
---
return (function() return 1,2 end)()
---
return {(function() return 1,2 end)()}
---
return {((function() return 1,2 end)())}
---
local a={} a[1.0]=5 return a[1]
---
local a={} a["1"]=5 return a[1]
---
local a={[2^53]=1} for k in pairs(a) do return tostring(k) end
---
return 5 == "5"
---
return 1 < "2"
---
return "a" < "b"
---
return "10" < "9"
---
return 2 ^ 0.5 == math.sqrt(2)
---
return ("x"):rep(3)
---
local s = "abc" return s:upper():lower():len()
---
return #"abc"
---
return -"2"
---
return "0x10"+0
---
return 10 .. ""
---
return "5" * "2"
---
return 5 .. 5 + 1
---
return 0.1+0.2
---
return tostring(0.1+0.2)
---
return 100000000000000
---
return tostring(100000000000000)
---
return 99999999999999 .. ""
---
return tostring(-1e15)
---
return 1e308*10
---
local t = {} t[nil]=1
---
local t = {} t[0/0]=1
---
return ({})[nil]
---
-- comment
return --[[ x ]] 1
---
return [[
line]]
---

error("line2")
---
local x = 1

return x.y.z
---
return redis.call(
"nope"
)
---
local f = function()
  error("inner")
end
f()
---
local ok, e = pcall(function()
  redis.call("incr", KEYS[1])
end)
return e
---
return string.format("%s %s", 1, 2.5)
---
return string.format("%s", 1e15)
---
return string.format("%5.1s|", "abc")
---
return string.format("%10d|%-10d|% d", 5, 5, 5)
---
return string.format("%#x %#o", 255, 8)
---
return ("%d"):format(3)
---
return setfenv(1,{})
---
return getfenv()==_G
---
return unpack
---
return newproxy
