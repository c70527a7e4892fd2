-- A session in a hash with a lock beside it: read it and take the lock.
-->2 sess_Data sess_Lock tick-1 90 items "a value" timeout 20
-->2 sess_Data sess_Lock tick-2 90 items other
local owner = redis.call("GET", KEYS[2])
local result = { ARGV[1], false, {} }
if owner then
  result[1] = owner
else
  redis.call("SETNX", KEYS[2], ARGV[1])
  redis.call("EXPIRE", KEYS[2], tonumber(ARGV[2]))
  result[2] = true
end
if redis.call("EXISTS", KEYS[1]) == 0 then
  redis.call("HMSET", KEYS[1], unpack(ARGV, 3))
  redis.call("EXPIRE", KEYS[1], ARGV[2] * 10)
end
result[3] = redis.call("HMGET", KEYS[1], "items", "timeout")
result[4] = redis.call("TTL", KEYS[1]) > 0
return result
---
-->1 session 300 600 180 data
-->1 session 300 -1 -1 "other data"
redis.call('HSET', KEYS[1], 'absexp', ARGV[1], 'sldexp', ARGV[2], 'data', ARGV[4])
if ARGV[3] ~= '-1' then
  redis.call('EXPIRE', KEYS[1], ARGV[3])
end
return redis.call('HGETALL', KEYS[1])
---
-- A lock that its owner may take again, and hold longer.
-->1 lock me 30000
-->1 lock me 40000
-->1 lock you 30000
local id = redis.call('GET', KEYS[1])
if id == ARGV[1] then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  return true
elseif not id then
  redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
  return true
end
return false
---
-- A lock with a count for each owner.
-->1 lock 30000 a:1
-->1 lock 30000 a:1
-->1 lock 30000 b:2
if (redis.call('exists', KEYS[1]) == 0) or (redis.call('hexists', KEYS[1], ARGV[2]) == 1) then
  redis.call('hincrby', KEYS[1], ARGV[2], 1);
  redis.call('pexpire', KEYS[1], ARGV[1]);
  return nil;
end;
return redis.call('pttl', KEYS[1]) > 29000;
---
-- A fence: a counter that rises with each owner.
-->2 lock fence token-1 5000
-->2 lock fence token-2 5000
if redis.call('set', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return redis.call('incr', KEYS[2])
end
return redis.call('get', KEYS[1])
---
-- Requests of a window.
-->1 window 3 60
-->1 window 3 60
-->1 window 3 60
-->1 window 3 60
local current = tonumber(redis.call("GET", KEYS[1]) or "0")
if current + 1 > tonumber(ARGV[1]) then
  return { 0, current, redis.call("TTL", KEYS[1]) > 0 and 1 or 0 }
end
current = redis.call("INCR", KEYS[1])
if current == 1 then
  redis.call("EXPIRE", KEYS[1], ARGV[2])
end
return { 1, current, tostring(current / tonumber(ARGV[1])) }
---
-- A bucket of tokens that fills with time.
-->1 bucket 10 2.5 1000 3
-->1 bucket 10 2.5 1400 3
-->1 bucket 10 2.5 1500 9
local capacity, rate, now, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local state = redis.call('HMGET', KEYS[1], 'tokens', 'stamp')
local tokens = tonumber(state[1]) or capacity
local stamp = tonumber(state[2]) or now
tokens = math.min(capacity, tokens + (now - stamp) / 1000 * rate)
local allowed = tokens >= wanted
if allowed then tokens = tokens - wanted end
redis.call('HSET', KEYS[1], 'tokens', tokens, 'stamp', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(capacity / rate) * 1000)
return { allowed and 1 or 0, string.format('%.2f', tokens), redis.call('HGET', KEYS[1], 'tokens') }
---
-- JSON in a string, changed in place.
-->1 doc visits 5
-->1 doc visits 7
local text = redis.call('GET', KEYS[1])
local doc = text and cjson.decode(text) or {}
doc[ARGV[1]] = (doc[ARGV[1]] or 0) + tonumber(ARGV[2])
redis.call('SET', KEYS[1], cjson.encode(doc), 'EX', 60)
return redis.call('GET', KEYS[1])
---
-- Optimistic change: only when the value is what was read.
-->1 s hello world
-->1 s hello again
if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('set', KEYS[1], ARGV[2], 'KEEPTTL')
else
  return redis.error_reply('MISMATCH the value has changed')
end
---
-- Many keys by their names in ARGV, as libraries without declared keys do.
-->0 a b c
local found = {}
for i, key in ipairs(ARGV) do
  redis.call('SET', key, i)
  found[#found + 1] = redis.call('GET', key)
end
for _, key in ipairs(redis.call('MGET', unpack(ARGV))) do
  found[#found + 1] = key
end
return found
---
-- The error of a command is handled and told.
-->2 s n x
local ok = redis.pcall('INCR', KEYS[1])
if ok.err then
  redis.call('SET', KEYS[1] .. ':error', ok.err)
  return { err = 'CUSTOM ' .. ok.err }
end
return ok
