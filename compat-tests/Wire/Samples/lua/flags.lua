#!lua
return 1
---
#!lua
---
#!
---
#!
return 1
---
#! lua
return 1
---
#!lua 
return 1
---
#!lua name=x
return 1
---
#!lua flags=
return 1
---
#!lua flags=no-writes
return 1
---
#!lua flags=no-writes
return redis.call('set',KEYS[1],1)
---
#!lua flags=no-writes,allow-oom,allow-stale,no-cluster,allow-cross-slot-keys
return redis.call('get',KEYS[1])
---
#!lua flags=bad
return 1
---
#!lua flags=no-writes,bad
return 1
---
#!lua flags=no-writes flags=allow-oom
return 1
---
#!lua flags=NO-WRITES
return 1
---
#!Lua
return 1
---
#!python
return 1
---
#!lua "flags=no-writes"
return redis.call('set',KEYS[1],1)
---
#!lua 'x
return 1
---
#!lua 'x'y
return 1
---
#!lua flags='no-writes'
return 1
---
#!lua flags=no-writes,
return 1
---
#!lua flags
return 1
---
#!lua x y
return 1
---
 #!lua
return 1
---
#!lua
return x x
---
#!lua
error('a')
---
#!lua

return redis.call('nope')
---
#!lua
return redis.call('set',KEYS[1],1)
---
#!lua flags=no-writes
return redis.pcall('set',KEYS[1],1)
---
#!lua flags=no-writes
return redis.call('del','other')
---
#!lua
return redis.call('get','otherkey')
---
#!lua flags=allow-cross-slot-keys
return redis.call('get','otherkey')
---
#!lua flags=no-writes
return redis.call('publish','a','b')
---
return redis.acl_check_cmd({})
---
return redis.acl_check_cmd('get', {})
---
return redis.acl_check_cmd('get', 1)
---
return redis.register_function('a', function() end)
---
return redis.register_function
---
return redis.breakpoint()
---
return redis.debug('x')
---
return redis.set_repl(redis.REPL_NONE)
---
return redis.set_repl(7)
---
return {redis.REPL_ALL, redis.REPL_AOF, redis.REPL_SLAVE, redis.REPL_REPLICA, redis.REPL_NONE}
---
return redis.log(9, 'x')
---
return redis.log(redis.LOG_WARNING, 'x', 'y')
---
return redis.setresp('3')
---
return redis.setresp(2, 3)
---
return server
