// node-redis against one server: node-redis.mjs PORT RESP_VERSION
import { createClient } from 'redis';
import { check, fails, finish, pause, same } from './checks.mjs';

const options = {
  socket: { host: '127.0.0.1', port: Number(process.argv[2]), reconnectStrategy: false },
  RESP: Number(process.argv[3]),
  name: 'node',
};
const client = createClient(options);
client.on('error', (error) => console.error(error));
await client.connect();
await client.flushAll();

await check('connect, name, info', async () => {
  same('PONG', await client.ping());
  same('node', await client.clientGetName());
  same(true, (await client.info()).includes('redis_version:'));
});

await check('a session as connect-redis keeps it', async () => {
  const session = JSON.stringify({ cookie: { maxAge: 1000 }, user: 'älice' });
  same('OK', await client.set('sess:1', session, { expiration: { type: 'EX', value: 100 } }));
  same(session, await client.get('sess:1'));
  same(1, Number(await client.expire('sess:1', 500)));
  same(true, (await client.ttl('sess:1')) > 490);
  same(1, await client.del(['sess:1']));
  same(null, await client.get('sess:1'));
  same(-2, await client.ttl('sess:1'));
});

await check('all keys of a prefix', async () => {
  await client.mSet(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`sess:${i}`, 'x'])));
  const found = new Set();
  for await (const keys of client.scanIterator({ MATCH: 'sess:*', COUNT: 100 })) keys.forEach((key) => found.add(key));
  same(300, found.size);
  same(['x', null], await client.mGet(['sess:1', 'none']));
});

await check('options of SET', async () => {
  same('OK', await client.set('lock', 'a', { condition: 'NX', expiration: { type: 'PX', value: 1000 } }));
  same(null, await client.set('lock', 'b', { condition: 'NX' }));
  same('a', await client.set('lock', 'c', { GET: true, expiration: 'KEEPTTL' }));
  await pause(1200);
  same(null, await client.get('lock'));
  same('OK', await client.set('lock', 'b', { condition: 'NX' }));
});

await check('pipelined commands are answered in order', async () => {
  const answers = await Promise.all(Array.from({ length: 500 }, () => client.incr('count')));
  same(Array.from({ length: 500 }, (_, i) => i + 1), answers);
});

await check('errors reject and the client goes on', async () => {
  await fails(/value is not an integer or out of range/, () => client.incr('lock'));
  await fails(/unknown command 'NOSUCH'/, () => client.sendCommand(['NOSUCH']));
  same('b', await client.get('lock'));
});

await check('another database', async () => {
  const second = createClient({ ...options, database: 4 });
  await second.connect();
  same(null, await second.get('lock'));
  await second.set('only here', 'x');
  same(1, await second.dbSize());
  same(null, await client.get('only here'));
  await second.close();
});

await check('publish and subscribe', async () => {
  const listener = client.duplicate();
  await listener.connect();
  const heard = new Promise((done) => listener.subscribe('news', (message) => done(message)));
  while (!(await client.publish('news', 'hello'))) await pause(10);
  same('hello', await heard);
  await listener.unsubscribe('news');
  same(0, await client.publish('news', 'unheard'));
  await listener.close();
});

await client.close();
finish();
