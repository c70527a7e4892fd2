// ioredis against one server: ioredis.mjs PORT
import { Redis } from 'ioredis';
import { check, fails, finish, pause, same } from './checks.mjs';

const options = { host: '127.0.0.1', port: Number(process.argv[2]), connectionName: 'io', retryStrategy: () => null };
const client = new Redis(options);
await client.flushall();

await check('connect, name, info', async () => {
  same('PONG', await client.ping());
  same('io', await client.client('GETNAME'));
  same(true, (await client.info()).includes('redis_version:'));
});

await check('a session as connect-redis keeps it', async () => {
  const session = Buffer.from([0, 13, 10, 255]);
  same('OK', await client.set('sess:1', session, 'EX', 100));
  same(session, await client.getBuffer('sess:1'));
  same(1, await client.expire('sess:1', 500));
  same(true, (await client.ttl('sess:1')) > 490);
  same(1, await client.unlink('sess:1'));
  same(null, await client.get('sess:1'));
});

await check('all keys of a prefix', async () => {
  await client.mset(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`sess:${i}`, 'x'])));
  const found = new Set();
  for await (const keys of client.scanStream({ match: 'sess:*', count: 50 })) keys.forEach((key) => found.add(key));
  same(300, found.size);
});

await check('options of SET', async () => {
  same('OK', await client.set('lock', 'a', 'PX', 1000, 'NX'));
  same(null, await client.set('lock', 'b', 'PX', 200, 'NX'));
  await pause(1200);
  same('OK', await client.set('lock', 'b', 'NX'));
  same('b', await client.getset('lock', 'c'));
});

await check('a pipeline of 1,000 commands', async () => {
  const pipeline = client.pipeline();
  for (let i = 0; i < 1000; i++) pipeline.setex(`pipe:${i}`, 60, `value ${i}`);
  same(1000, (await pipeline.exec()).filter(([error, answer]) => !error && answer === 'OK').length);
  same('value 999', await client.get('pipe:999'));
});

await check('the lock script of phpredis by its digest', async () => {
  const script = 'if redis.call("get",KEYS[1]) == ARGV[1] then return redis.call("del",KEYS[1]) else return 0 end';
  client.defineCommand('release', { numberOfKeys: 1, lua: script });
  await client.set('held', 'me');
  same(0, await client.release('held', 'you'));
  same(1, await client.release('held', 'me'));
});

await check('errors reject and the client goes on', async () => {
  await fails(/value is not an integer or out of range/, () => client.incr('lock'));
  await fails(/unknown command 'NOSUCH'/, () => client.call('NOSUCH'));
  same('c', await client.get('lock'));
});

await check('another database, and publish and subscribe', async () => {
  const listener = new Redis({ ...options, db: 4 });
  same(null, await listener.get('lock'));
  same(1, await listener.subscribe('news'));
  const heard = new Promise((done) => listener.on('message', (channel, message) => done([channel, message])));
  same(1, await client.publish('news', 'hello'));
  same(['news', 'hello'], await heard);
  await listener.quit();
});

await client.quit();
finish();
