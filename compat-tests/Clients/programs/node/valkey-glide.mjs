// Valkey GLIDE, whose core is a program in Rust, against one server: valkey-glide.mjs PORT RESP
import {
  Batch, Decoder, GlideClient, GlideClientConfiguration, ProtocolVersion, Script, TimeUnit,
} from '@valkey/valkey-glide';
import { check, fails, finish, same } from './checks.mjs';

const [port, resp] = process.argv.slice(2);
const options = {
  addresses: [{ host: '127.0.0.1', port: Number(port) }],
  protocol: resp === '3' ? ProtocolVersion.RESP3 : ProtocolVersion.RESP2,
  requestTimeout: 60_000,
  clientName: 'glide',
};
const client = await GlideClient.createClient(options);
await client.flushall();

await check('connect, name, info', async () => {
  same('PONG', await client.ping());
  same('glide', await client.clientGetName());
  same(true, (await client.info()).includes('redis_version:'));
});

await check('a session as connect-redis keeps it', async () => {
  const session = Buffer.from([0, 13, 10, 255]);
  same('OK', await client.set('sess:1', session, { expiry: { type: TimeUnit.Seconds, count: 100 } }));
  same(session, Buffer.from(await client.get('sess:1', { decoder: Decoder.Bytes })));
  same(true, await client.expire('sess:1', 500));
  same(true, (await client.ttl('sess:1')) > 490);
  same(1, await client.unlink(['sess:1']));
  same(null, await client.get('sess:1'));
});

await check('a hash, a set, a sorted set, a list', async () => {
  same(2, await client.hset('hash', { a: '1', b: '2' }));
  same([{ field: 'a', value: '1' }, { field: 'b', value: '2' }], await client.hgetall('hash'));
  same(1.5, await client.hincrByFloat('hash', 'f', 1.5));
  same(3, await client.sadd('set', ['x', 'y', 'z']));
  same(3, (await client.smembers('set')).size);
  same(2, await client.zadd('ranks', { one: 1.5, two: 2 }));
  same([{ element: 'one', score: 1.5 }, { element: 'two', score: 2 }],
    await client.zrangeWithScores('ranks', { start: 0, end: -1 }));
  same(2, await client.rpush('list', ['a', 'b']));
  same(['list', 'a'], await client.blpop(['list'], 1));
});

await check('a batch, as a pipeline and as a transaction', async () => {
  for (const isAtomic of [false, true]) {
    const batch = new Batch(isAtomic);
    for (let i = 0; i < 500; i++) batch.set(`batch:${i}`, `value ${i}`).get(`batch:${i}`);
    const answers = await client.exec(batch, true);
    same(1000, answers.length);
    same('value 499', answers[999]);
  }
});

await check('a script by its digest, which it loads by itself', async () => {
  const script = new Script(
    "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0");
  await client.set('held', 'me');
  same(0, await client.invokeScript(script, { keys: ['held'], args: ['you'] }));
  await client.scriptFlush();
  same(1, await client.invokeScript(script, { keys: ['held'], args: ['me'] }));
  script.release();
});

await check('errors reject and the client goes on', async () => {
  await client.set('text', 'c');
  await fails(/value is not an integer or out of range/, () => client.incr('text'));
  await fails(/unknown command 'NOSUCH'/, () => client.customCommand(['NOSUCH']));
  same('c', await client.get('text'));
});

// GLIDE wants RESP3 for it.
if (resp === '3') await check('messages of a channel', async () => {
  const heard = [];
  let tell;
  const first = new Promise((done) => { tell = done; });
  const listener = await GlideClient.createClient({
    ...options,
    pubsubSubscriptions: {
      channelsAndPatterns: { [GlideClientConfiguration.PubSubChannelModes.Exact]: new Set(['news']) },
      callback: (message) => { heard.push(message.message); tell(); },
    },
  });
  while ((await client.customCommand(['PUBLISH', 'news', 'hello'])) === 0);
  await first;
  same('hello', heard[0]);
  listener.close();
});

client.close();
finish();
