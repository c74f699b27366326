// What the scripts decide without a page.
import assert from 'node:assert/strict';
import test from 'node:test';
import { asked } from '../../theme/scripts/main/conditions.js';
import { itemsMissing, read } from '../../theme/scripts/main/draft.js';
import { fits } from '../../theme/scripts/hardship.js';
import { fit, quarters } from '../../theme/scripts/uploading/photo.js';
import { backoff, deliver, isAgain, retryAfter } from '../../theme/scripts/main/page.js';

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

test('a photo keeps what can be read, a strip its width', () => {
  assert.deepEqual(fit(4000, 3000), [2000, 1500]);
  assert.deepEqual(fit(3000, 4000), [1500, 2000]);
  assert.deepEqual(fit(800, 600), [800, 600]);
  assert.deepEqual(fit(1080, 2400), [900, 2000]);
  assert.deepEqual(fit(1080, 9000), [492, 4096]);
});

/** A JPEG's beginning: an APP0, then EXIF with this orientation as its second tag. */
function camera(orientation, little) {
  const view = new DataView(new ArrayBuffer(80));
  const write = (at, ...numbers) => numbers.forEach((one, place) => view.setUint16(at + 2 * place, one));
  write(0, 0xffd8, 0xffe0, 4, 0, 0xffe1, 60, 0x4578, 0x6966, 0, little ? 0x4949 : 0x4d4d);
  const exif = 18;
  view.setUint16(exif + 2, 42, little);
  view.setUint32(exif + 4, 8, little);
  view.setUint16(exif + 8, 2, little);
  view.setUint16(exif + 10, 0x10f, little);
  view.setUint16(exif + 22, 0x112, little);
  view.setUint16(exif + 30, orientation, little);
  return view.buffer;
}

test('an old browser is told how a photo was held', () => {
  [true, false].forEach((little) => {
    assert.deepEqual([1, 3, 6, 8, 2, 99].map((one) => quarters(camera(one, little))), [0, 2, 1, 3, 0, 0]);
    assert.equal(quarters(camera(6, little).slice(0, 40)), 0);
  });
  assert.deepEqual([new ArrayBuffer(0), new ArrayBuffer(1), new ArrayBuffer(99)].map(quarters), [0, 0, 0]);
  assert.equal(quarters(new Uint8Array([0xff, 0xd8, 0xff, 0xda, 0, 2, 1, 2, 3]).buffer), 0);
});

test('a service fits when of each question it names one option was chosen', () => {
  const when = { family: ['disabled'], have: ['allowance', 'card'] };
  assert.equal(fits(when, { family: ['elder', 'disabled'], have: ['card'] }), true);
  assert.equal(fits(when, { family: ['disabled'], have: [] }), false);
  assert.equal(fits(when, { have: ['card'] }), false);
});
