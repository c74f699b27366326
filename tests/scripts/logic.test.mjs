// What the scripts decide without a page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { asked } from '../../theme/scripts/conditions.js';
import { itemsMissing, read } from '../../theme/scripts/draft.js';
import { rank } from '../../theme/scripts/reading.js';
import { backoff, deliver, isAgain, retryAfter } from '../../theme/scripts/page.js';

const when = (field, ...values) => [{ field, values }];
const fields = [
  { name: 'lives_there' },
  { name: 'living_community', asked_if: when('lives_there', false) },
  { name: 'living_estate', asked_if: when('living_community', 'unknown') },
  { name: 'assets' },
  { name: 'house_count', asked_if: when('assets', 'houses') },
];

test('a condition holds only while the question it names is asked itself', () => {
  const answers = { lives_there: false, living_community: 'unknown' };
  assert.deepEqual(asked(fields, answers), ['lives_there', 'living_community', 'living_estate', 'assets']);
  answers.lives_there = true;
  assert.deepEqual(asked(fields, answers), ['lives_there', 'assets']);
  assert.deepEqual(asked(fields.slice().reverse(), answers), ['assets', 'lives_there']);
});

test('one of several choices is enough, and a text is not its boolean', () => {
  assert.ok(asked(fields, { assets: ['savings', 'houses'] }).includes('house_count'));
  assert.ok(!asked(fields, { lives_there: 'false' }).includes('living_community'));
  assert.ok(!asked(fields, {}).includes('living_community'));
});

test('waits grow to half a minute and honour the server', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 99].map(backoff), [1, 2, 4, 8, 15, 30, 30, 30]);
  assert.equal(retryAfter('7', 0), 7);
  assert.equal(retryAfter('Thu, 01 Jan 1970 00:00:09 GMT', 2000), 7);
  assert.deepEqual([null, '', 'soon', '0'].map((header) => retryAfter(header, 0)), [0, 0, 0, 0]);
  assert.equal(retryAfter('86400', 0), 300);
});

test('refusals are answers, failures are not', () => {
  assert.deepEqual([200, 201, 404, 409, 410, 413, 415, 422, 429].filter((status) => isAgain(status, true)), []);
  assert.deepEqual([408, 500, 502, 503, 504].filter((status) => !isAgain(status, true)), []);
  assert.ok(isAgain(200, false));
});

function timers() {
  const waiting = [];
  return {
    waiting,
    later: (act, after) => waiting.push({ act, after }),
    never: () => waiting.pop(),
    pass: async () => { waiting.pop().act(); await new Promise(setImmediate); },
  };
}

test('the same is sent until it is through', async () => {
  const clock = timers();
  const outcomes = [{ again: true, wait: 0, why: 'network' }, { again: true, wait: 20, why: 'server' }, { status: 201 }];
  const told = [];
  const sending = deliver(async () => outcomes.shift(), (why) => told.push(why), clock.later, clock.never);
  await new Promise(setImmediate);
  assert.deepEqual(told, [{ seconds: 1, why: 'network' }]);
  await clock.pass();
  assert.deepEqual(told[1], { seconds: 20, why: 'server' });
  sending.nudge(); // the network is back, but it was the server that asked to wait
  await new Promise(setImmediate);
  assert.equal(outcomes.length, 1);
  sending.now();
  assert.deepEqual(await sending.done, { status: 201 });
});

test('the network coming back ends the pause', async () => {
  const clock = timers();
  const outcomes = [{ again: true, wait: 0, why: 'network' }, { status: 200 }];
  const sending = deliver(async () => outcomes.shift(), () => {}, clock.later, clock.never);
  await new Promise(setImmediate);
  sending.nudge();
  assert.deepEqual(await sending.done, { status: 200 });
});

test('what is given up is not sent again', async () => {
  const clock = timers();
  let tries = 0;
  const sending = deliver(async () => { tries += 1; return { again: true, wait: 0 }; }, () => {}, clock.later, clock.never);
  await new Promise(setImmediate);
  sending.cancel();
  assert.equal(await sending.done, null);
  assert.equal(tries, 1);
});

test('a draft is read for fourteen days', () => {
  const day = 86400000;
  const text = JSON.stringify({ saved_at: 0, answers: { applicant_name: ['测试人员'] } });
  assert.deepEqual(read(text, 13 * day), { applicant_name: ['测试人员'] });
  assert.equal(read(text, 14 * day), null);
  assert.equal(read(text, -1), null);
  assert.deepEqual(['', null, '{', '{}', '[]', '{"saved_at":0}'].map((broken) => read(broken, 1)), Array(6).fill(null));
});

test('a draft says which items the page still lacks', () => {
  const names = ['applicant_name', 'household_members-0-name', 'household_members-2-relation'];
  assert.deepEqual(itemsMissing(names, { household_members: 1 }), { group: 'household_members', count: 3 });
  assert.equal(itemsMissing(names, { household_members: 3 }), null);
  assert.equal(itemsMissing(names, {}), null);
});

test('people find what offices call otherwise', () => {
  const texts = ['申请低保 没钱过日子 吃不上饭', '医疗救助 看病花钱太多 住院', '居家养老 伺候老人 上门照顾', '残疾人补贴 轮椅'];
  const first = (query) => (rank(query, texts)[0] || [null])[0];
  assert.equal(first('没钱'), 0);
  assert.equal(first('看病花了好多钱'), 1);
  assert.equal(first('老人没人照顾'), 2);
  assert.equal(first('轮椅怎么领'), 3);
  assert.deepEqual(rank('xyz', texts), []);
  assert.equal(rank('', texts).length, 4);
});
