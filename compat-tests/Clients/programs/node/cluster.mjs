// ioredis' cluster client over a primary and its backup, which change their roles: cluster.mjs PRIMARY BACKUP
import { Cluster, Redis } from 'ioredis';
import { check, finish, same } from './checks.mjs';

const [primary, backup] = process.argv.slice(2).map(Number);
const cluster = new Cluster([{ host: '127.0.0.1', port: backup }]);

async function ask(port, ...words) {
  const redis = new Redis({ host: '127.0.0.1', port });
  try {
    return await redis.call(...words);
  } finally {
    redis.disconnect();
  }
}

await check('the client finds the primary through the backup', async () => {
  for (let i = 0; i < 100; i++) same('OK', await cluster.set(`k${i}`, `${i}`));
  same(100, await ask(primary, 'DBSIZE'));
});

await check('the client follows when the roles change', async () => {
  same(1, await ask(primary, 'WAIT', '1', '60000'));
  same('OK', await ask(backup, 'REPLICAOF', 'NO', 'ONE'));
  same('OK', await ask(primary, 'REPLICAOF', '127.0.0.1', `${backup}`));
  for (let i = 0; i < 100; i++) {
    same(`${i}`, await cluster.get(`k${i}`));
    same('OK', await cluster.set(`k${i}`, 'new'));
  }
  same('new', await ask(backup, 'GET', 'k99'));
});
cluster.disconnect();
finish();
