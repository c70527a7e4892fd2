// Express sessions in connect-redis on two instances, and rate limits by script, against one server: express.mjs PORT
import express from 'express';
import session from 'express-session';
import { RedisStore } from 'connect-redis';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { createClient } from 'redis';
import { check, finish, same } from './checks.mjs';

const port = Number(process.argv[2]);
const client = createClient({ socket: { host: '127.0.0.1', port, reconnectStrategy: false } });
client.on('error', (error) => console.log(`client: ${error}`));
await client.connect();
await client.flushAll();
const store = new RedisStore({ client, prefix: 'site:', ttl: 600 });

async function instance() {
  const app = express();
  app.use(session({ store, secret: 'secret', resave: false, saveUninitialized: false, rolling: false }));
  app.get('/visit', (request, response) => {
    request.session.visits = (request.session.visits ?? 0) + 1;
    response.json({ visits: request.session.visits, id: request.session.id });
  });
  app.get('/look', (request, response) => response.json({ visits: request.session.visits ?? 0 }));
  app.get('/login', (request, response) => request.session.regenerate(() => {
    request.session.user = 'ann';
    request.session.save(() => response.json({ id: request.session.id }));
  }));
  app.get('/who', (request, response) => response.json({ user: request.session.user ?? null }));
  app.get('/logout', (request, response) => request.session.destroy(() => response.json({})));
  const server = await new Promise((done) => { const s = app.listen(0, '127.0.0.1', () => done(s)); });
  return { server, url: `http://127.0.0.1:${server.address().port}` };
}

const instances = [await instance(), await instance()];
let cookie = '';

async function get(at, path) {
  const response = await fetch(instances[at].url + path, { headers: { cookie, connection: 'close' } });
  const set = response.headers.get('set-cookie');
  if (set) cookie = set.split(';')[0];
  return response.json();
}

await check('a session goes from one instance to the other', async () => {
  const first = await get(0, '/visit');
  same(1, first.visits);
  same(2, (await get(1, '/visit')).visits);
  same(2, (await get(0, '/look')).visits);
  same(2, JSON.parse(await client.get(`site:${first.id}`)).visits);
  const left = await client.ttl(`site:${first.id}`);
  same(true, left > 500 && left <= 600);
});

await check('a login gets a new session and ends the former', async () => {
  const before = (await get(0, '/visit')).id;
  const after = (await get(1, '/login')).id;
  same(false, before === after);
  same(0, await client.exists(`site:${before}`));
  same('ann', (await get(0, '/who')).user);
  await get(1, '/logout');
  same(null, (await get(0, '/who')).user);
});

await check('all sessions of the store', async () => {
  for (let i = 0; i < 150; i++) {
    await new Promise((done, failed) => store.set(`s${i}`, { cookie: {}, i }, (e) => (e ? failed(e) : done())));
  }
  same(150, await store.length());
  same(150, (await store.ids()).length);
  same(true, (await store.all()).some((one) => one.i === 149));
  await store.clear();
  same(0, await store.length());
});

const limits = new Redis({ host: '127.0.0.1', port, retryStrategy: () => null, enableOfflineQueue: true });

await check('a rate is limited by a script', async () => {
  const limiter = new RateLimiterRedis({ storeClient: limits, keyPrefix: 'rate', points: 3, duration: 600 });
  same(2, (await limiter.consume('ann')).remainingPoints);
  same(0, (await limiter.consume('ann', 2)).remainingPoints);
  const refused = await limiter.consume('ann').then(() => null, (error) => error);
  same(4, refused.consumedPoints);
  same(true, refused.msBeforeNext > 500000 && refused.msBeforeNext <= 600000);
  same(3, (await limiter.penalty('bob', 3)).consumedPoints);
  same(1, (await limiter.reward('bob', 2)).consumedPoints);
  same(true, await limiter.delete('ann'));
  same(2, (await limiter.consume('ann')).remainingPoints);
});

await check('who is blocked stays blocked', async () => {
  const limiter = new RateLimiterRedis(
    { storeClient: limits, keyPrefix: 'block', points: 1, duration: 60, blockDuration: 600 });
  await limiter.consume('eve');
  const refused = await limiter.consume('eve').then(() => null, (error) => error);
  same(true, refused.msBeforeNext > 500000);
  same(true, (await limits.pttl('block:eve')) > 500000);
});

instances.forEach(({ server }) => server.close());
limits.disconnect();
client.destroy();
finish();
