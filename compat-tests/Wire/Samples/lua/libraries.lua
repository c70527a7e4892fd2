return cjson.encode({1,2,3})
---
return cjson.encode({a=1})
---
return cjson.encode({})
---
return cjson.encode("a\"b\\c/d\n\t\1\127é")
---
return cjson.encode(1.5) .. cjson.encode(10) .. cjson.encode(1e20) .. cjson.encode(0.1) .. cjson.encode(-0.5) .. cjson.encode(123456789012345678)
---
return cjson.encode(nil)
---
return cjson.encode(cjson.null)
---
return cjson.encode({true,false,cjson.null})
---
return cjson.encode({1,nil,3})
---
return cjson.encode({[1]=1,[2]=2,[100]=3})
---
return cjson.encode({[1]=1,[5]=2})
---
return cjson.encode({[1.5]=1})
---
return cjson.encode({[true]=1})
---
return cjson.encode(function() end)
---
return cjson.encode({f=print})
---
return cjson.encode({f=function() end})
---
return cjson.encode(1/0)
---
return cjson.encode(0/0)
---
return cjson.encode()
---
return cjson.encode(1,2)
---
local t={} for i=1,999 do t={t} end return #cjson.encode(t)
---
local t={} t.t=t return cjson.encode(t)
---
return cjson.decode("[1,2,3]")
---
return cjson.decode('{"a":1}').a
---
return cjson.decode('{"a":{"b":[1,{"c":"x"}]}}').a.b[2].c
---
return {cjson.decode('"\\u00e9\\ud83d\\ude00\\n\\t\\/"')}
---
return cjson.decode("null") == cjson.null
---
return tostring(cjson.decode("null"))
---
return type(cjson.null)
---
return cjson.decode("true")
---
return cjson.decode(" [ ] ")
---
return cjson.decode("[1,2")
---
return cjson.decode("[1,,2]")
---
return cjson.decode("{a:1}")
---
return cjson.decode('{"a" 1}')
---
return cjson.decode('{"a":1,}')
---
return cjson.decode('[1 2]')
---
return cjson.decode('"abc')
---
return cjson.decode('"\\x"')
---
return cjson.decode('"\\u12"')
---
return cjson.decode('"\\ud800"')
---
return cjson.decode("tru")
---
return cjson.decode("")
---
return cjson.decode("1 2")
---
return cjson.decode("-")
---
return cjson.decode("1e5")
---
return tostring(cjson.decode("1.25e-3"))
---
return cjson.decode("0x10")
---
return cjson.decode("01")
---
return tostring(cjson.decode("[nan]")[1])
---
return tostring(cjson.decode("inf"))
---
return tostring(cjson.decode("-Infinity"))
---
return cjson.decode("12abc")
---
return cjson.decode("[1.5.5]")
---
return cjson.decode()
---
return cjson.decode(12)
---
return cjson.decode({})
---
return cjson.decode(string.rep("[",1001)..string.rep("]",1001))
---
return #cjson.decode(string.rep("[",1000)..string.rep("]",1000))
---
return cjson.decode("\0\0")
---
return cjson.decode('{"a":1,"a":2}').a
---
return cjson.decode('[1,[2,[3]]]')
---
return {cjson._NAME,cjson._VERSION}
---
cjson.encode_number_precision(3) local r=cjson.encode(3.14159) cjson.encode_number_precision(14) return r
---
cjson.encode_max_depth(0)
---
return {pcall(cjson.decode,"x")}
---
return {pcall(cjson.encode,print)}
---
local function hex(s) return (s:gsub(".",function(c) return string.format("%02x",c:byte()) end)) end return {hex(cmsgpack.pack(1)),hex(cmsgpack.pack(-1)),hex(cmsgpack.pack(200)),hex(cmsgpack.pack(70000)),hex(cmsgpack.pack(-200)),hex(cmsgpack.pack(-70000)),hex(cmsgpack.pack(2^40)),hex(cmsgpack.pack(-2^40)),hex(cmsgpack.pack(1.5)),hex(cmsgpack.pack(0.1)),hex(cmsgpack.pack(128)),hex(cmsgpack.pack(-33)),hex(cmsgpack.pack(256)),hex(cmsgpack.pack(65536)),hex(cmsgpack.pack(2^32)),hex(cmsgpack.pack(2^63)),hex(cmsgpack.pack(-2^63)),hex(cmsgpack.pack(1/0))}
---
local function hex(s) return (s:gsub(".",function(c) return string.format("%02x",c:byte()) end)) end return {hex(cmsgpack.pack("abc")),hex(cmsgpack.pack(string.rep("x",40))),hex(cmsgpack.pack(true,false,nil)),hex(cmsgpack.pack({1,2,3})),hex(cmsgpack.pack({a=1})),hex(cmsgpack.pack({})),hex(cmsgpack.pack({[2]=1})),hex(cmsgpack.pack({{{}}})),hex(cmsgpack.pack(print)),hex(cmsgpack.pack(function() end))}
---
return #cmsgpack.pack(string.rep("x",300)) .. " " .. #cmsgpack.pack(string.rep("x",70000))
---
local t={} for i=1,20 do t[i]=i end local function hex(s) return (s:gsub(".",function(c) return string.format("%02x",c:byte()) end)) end return hex(cmsgpack.pack(t))
---
local t={1} for i=1,20 do t={t} end local function hex(s) return (s:gsub(".",function(c) return string.format("%02x",c:byte()) end)) end return hex(cmsgpack.pack(t))
---
return cmsgpack.pack()
---
return {cmsgpack.unpack(cmsgpack.pack(1,"a",{1,2},true))}
---
return cmsgpack.unpack("\147\1\2\3")
---
return cmsgpack.unpack("\147\1\2")
---
return cmsgpack.unpack("\193")
---
return {cmsgpack.unpack("")}
---
return cmsgpack.unpack()
---
return cmsgpack.unpack({})
---
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3))}
---
return {cmsgpack.unpack_one(cmsgpack.pack(1,2,3),2)}
---
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),2)}
---
return {cmsgpack.unpack_limit(cmsgpack.pack(1,2,3),2,1)}
---
return cmsgpack.unpack_one("a",-1)
---
return cmsgpack.unpack_one("a",5)
---
return tostring(cmsgpack.unpack("\203\63\241\153\153\153\153\153\154")) .. tostring(cmsgpack.unpack("\202\63\192\0\0"))
---
return {cmsgpack.unpack("\204\200\205\1\0\206\0\1\0\0\208\200\209\255\0\210\255\255\255\255")}
---
return cmsgpack.unpack("\217\3abc") .. cmsgpack.unpack("\196\2xy")
---
return cmsgpack.unpack("\129\161a\5").a
---
return {cmsgpack._NAME,cmsgpack._VERSION}
---
local function hex(s) return (s:gsub(".",function(c) return string.format("%02x",c:byte()) end)) end return {hex(struct.pack("b",5)),hex(struct.pack("h",-2)),hex(struct.pack(">h",258)),hex(struct.pack("i",1)),hex(struct.pack("l",1)),hex(struct.pack("I3",70000)),hex(struct.pack(">I3",70000)),hex(struct.pack("f",1.5)),hex(struct.pack("d",1.5)),hex(struct.pack(">d",1.5)),hex(struct.pack("s","abc")),hex(struct.pack("c3","abcdef")),hex(struct.pack("c0","ab")),hex(struct.pack("bxh",1,2)),hex(struct.pack("!bi",1,2)),hex(struct.pack("!4bl",1,2)),hex(struct.pack("B",300)),hex(struct.pack("L",-1)),hex(struct.pack("T",7)),hex(struct.pack("i16",-1))}
---
return {struct.unpack("bhil","\1\2\0\3\0\0\0\4\0\0\0\0\0\0\0")}
---
return {struct.unpack(">bH","\255\1\2")}
---
return {struct.unpack("s","abc\0def")}
---
return {struct.unpack("s","abc")}
---
return {struct.unpack("bc0","\3abcdef")}
---
return {struct.unpack("c2","abcdef",3)}
---
return {struct.unpack("i","ab")}
---
return {struct.unpack("b","a",0)}
---
return {struct.unpack("b","a",5)}
---
return {struct.unpack("c0","abc")}
---
return {struct.unpack("I","\255\255\255\255"),struct.unpack("i","\255\255\255\255")}
---
return {tostring((struct.unpack("d",struct.pack("d",3.14)))),tostring((struct.unpack("f",struct.pack("f",0.5))))}
---
return struct.size("bhil") .. " " .. struct.size("!bhil") .. " " .. struct.size("c10") .. " " .. struct.size("!8bd")
---
return struct.size("s")
---
return struct.size("c0")
---
return struct.pack("z",1)
---
return struct.pack("i99",1)
---
return struct.pack("!3i",1)
---
return struct.pack("i")
---
return struct.pack("i","x")
---
return struct.pack("c5","ab")
---
return struct.pack("")
---
return struct.pack()
---
return struct.unpack("b",5)
---
local t = cjson.decode('{"user":"bob","roles":["a","b"],"n":1.5,"ok":true,"nil":null}') return {t.user,t.roles[2],tostring(t.n),t.ok,t["nil"]==cjson.null}
---
return cjson.encode({cjson.decode('[]'),cjson.decode('{}'),"x"})
---
redis.call('set',KEYS[1],cmsgpack.pack({1,2,{x="y"}})) return cmsgpack.unpack(redis.call('get',KEYS[1]))
---
local n=redis.call('incr',KEYS[2]) return cjson.encode({n,tostring(n)})
---
return bit.tohex(bit.bxor(0xdeadbeef,0xffffffff))
---
return bit.lshift(1,32) .. " " .. bit.band(2^53,7) .. " " .. bit.tobit(1.5) .. " " .. bit.tobit(2.5) .. " " .. bit.tobit(-1)
---
cjson.foo=1
---
struct=nil
