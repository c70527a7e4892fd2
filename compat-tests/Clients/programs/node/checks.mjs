// Named checks: every one is run, every failure is printed, the exit code tells whether all passed.
import { isDeepStrictEqual, inspect } from 'node:util';

let passed = 0;
let failed = 0;

export async function check(name, body) {
  try {
    await body();
    passed++;
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAIL ${name}: ${error}`);
  }
}

export function same(expected, actual) {
  if (!isDeepStrictEqual(actual, expected)) {
    throw new Error(`expected ${inspect(expected).slice(0, 200)}, got ${inspect(actual).slice(0, 200)}`);
  }
}

export async function fails(pattern, body) {
  try {
    await body();
  } catch (error) {
    if (pattern.test(String(error))) return;
    throw new Error(`expected ${pattern}, got ${error}`);
  }
  throw new Error(`expected ${pattern}, but it succeeded`);
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed || !passed ? 1 : 0);
}
