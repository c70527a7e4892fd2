# Debian's ruby-redis against one server: redis_checks.rb PORT
require 'redis'

$passed = $failed = 0

def check(name)
  yield
  $passed += 1
  puts "ok #{name}"
rescue StandardError => error
  $failed += 1
  puts "FAIL #{name}: #{error.class}: #{error.message}"
end

def same(expected, actual)
  raise "expected #{expected.inspect}, got #{actual.inspect}" unless expected == actual
end

redis = Redis.new(host: '127.0.0.1', port: ARGV[0].to_i, timeout: 30)
redis.flushall

check 'a session as redis-store keeps it' do
  session = Marshal.dump('user' => 7, 'cart' => [1, 2])
  same 'OK', redis.setex('session:1', 60, session)
  same({ 'user' => 7, 'cart' => [1, 2] }, Marshal.load(redis.get('session:1')))
  same true, redis.expire('session:1', 600)
  same true, redis.ttl('session:1') > 500
  same 1, redis.del('session:1')
  same nil, redis.get('session:1')
end

check 'hashes, sets, sorted sets and lists' do
  same 2, redis.hset('h', 'a', '1', 'b', '2')
  same({ 'a' => '1', 'b' => '2' }, redis.hgetall('h'))
  same 1, redis.sadd('s', ['x'])
  same ['x'], redis.smembers('s')
  same true, redis.zadd('z', 1.5, 'm')
  same [['m', 1.5]], redis.zrange('z', 0, -1, with_scores: true)
  same 2, redis.rpush('l', %w[a b])
  same %w[a b], redis.lrange('l', 0, -1)
  same ['l', 'a'], redis.blpop('l', timeout: 5)
end

check 'a transaction and what it watches' do
  redis.set('n', 1)
  answer = redis.watch('n') { redis.multi { |multi| multi.incr('n'); multi.get('n') } }
  same [2, '2'], answer
  other = Redis.new(host: '127.0.0.1', port: ARGV[0].to_i)
  answer = redis.watch('n') do
    other.incr('n')
    redis.multi { |multi| multi.set('n', 0) }
  end
  same nil, answer
  same '3', redis.get('n')
end

check 'a pipeline' do
  answers = redis.pipelined { |pipeline| 500.times { |i| pipeline.set("p:#{i}", i) } }
  same ['OK'] * 500, answers
  same '499', redis.get('p:499')
end

check 'a scheduler takes jobs whose time has come by a script' do
  script = <<~LUA
    local due = redis.call('zrangebyscore', KEYS[1], '-inf', ARGV[1], 'limit', 0, 1)
    if due[1] then
      redis.call('zrem', KEYS[1], due[1])
      return due[1]
    end
  LUA
  redis.zadd('schedule', [[1, 'one'], [2, 'two'], [99, 'later']])
  sha = redis.script(:load, script)
  same ['one', 'two', nil], (1..3).map { redis.evalsha(sha, keys: ['schedule'], argv: ['10']) }
  same 1, redis.zcard('schedule')
  redis.script(:flush)
  begin
    redis.evalsha(sha, keys: ['schedule'], argv: ['10'])
    raise 'the script is forgotten'
  rescue Redis::CommandError => error
    same 'NOSCRIPT No matching script. Please use EVAL.', error.message
  end
  same nil, redis.eval(script, keys: ['schedule'], argv: ['10'])
end

check 'messages' do
  got = nil
  ready = Queue.new
  listener = Thread.new do
    Redis.new(host: '127.0.0.1', port: ARGV[0].to_i, timeout: 30).subscribe('news') do |on|
      on.subscribe { ready << true }
      on.message { |_, message| got = message; Thread.current.exit }
    end
  end
  ready.pop
  same 1, redis.publish('news', 'hello')
  listener.join(30)
  same 'hello', got
end

check 'errors' do
  redis.set('text', 'x')
  begin
    redis.incr('text')
    raise 'no number'
  rescue Redis::CommandError => error
    same 'ERR value is not an integer or out of range', error.message
  end
end

puts "#{$passed} passed, #{$failed} failed"
exit($failed.positive? || $passed.zero? ? 1 : 0)
