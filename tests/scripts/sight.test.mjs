// What the panel keeps, and how a page is read aloud, without a browser.
import assert from 'node:assert/strict';
import test from 'node:test';
import { choose, chosenIn } from '../../theme/scripts/sight/choices.js';
import { reader } from '../../theme/scripts/sight/reader.js';
import { pieces, spoken, voiceOf } from '../../theme/scripts/sight/sentences.js';

test('of each row one is chosen, and what is no choice of ours falls away', () => {
  assert.deepEqual(chosenIn('night larger x" onload='), ['larger', 'night', '', '']);
  assert.equal(choose('larger night', 0, 'large'), 'large night');
  assert.equal(choose('large night', 1, ''), 'large');
  assert.equal(choose('<b> large', 3, 'pointer'), 'large pointer');
});

test('a voice holds each piece, nothing is lost, and numbers are said digit by digit', () => {
  const text = '打12345问。' + '很长的一句话，'.repeat(40) + '完了！还有';
  assert.equal(pieces(text).join(''), text);
  assert.ok(pieces(text).every((piece) => piece.length <= 90));
  assert.deepEqual(pieces('一。二！三'), ['一。二！三']);
  assert.equal(spoken(' 打12345\n问，30天 '), '打1 2 3 4 5 问，30天');
  assert.equal(spoken('打120', 1), '打1 2 0');
});

test('a voice for Mandarin that stays on the device', () => {
  const voice = (lang, localService) => ({ lang, localService });
  assert.equal(voiceOf([voice('zh-CN', false), voice('en-US', true), voice('zh-HK', true), voice('zh_HK', true)]), undefined);
  assert.equal(voiceOf([voice('zh-TW', true), voice('zh_CN', true)]).lang, 'zh_CN');
  assert.equal(voiceOf([]), undefined);
});

function reading(...texts) {
  const said = [];
  const told = [];
  let now = null;
  const speech = {
    speak(one) { now = one; said.push(one.text); },
    cancel() { const old = now; now = null; if (old) old.onerror(); },
  };
  const passages = texts.map((text) => ({ text, element: { isConnected: true, text } }));
  const one = reader(speech, (text) => ({ text }), passages, ({ state, element }) => told.push([state, element && element.text]));
  return { one, said, told, passages, end: () => now.onend() };
}

test('one passage after another, each marked, and then it ends', () => {
  const { one, said, told, end } = reading('甲。', '乙。');
  one.begin();
  end();
  end();
  assert.deepEqual(said, ['甲。', '乙。']);
  assert.deepEqual(told, [['reading', '甲。'], ['reading', '乙。'], ['stopped', undefined]]);
});

test('after a pause the passage is read anew, and what a browser says of the old one is not heard', () => {
  const { one, said, told, end } = reading('甲。', '乙。', '丙。');
  one.begin();
  end();
  one.pause();
  assert.deepEqual(told[told.length - 1], ['paused', '乙。']);
  one.begin();
  assert.deepEqual(said, ['甲。', '乙。', '乙。']);
  one.stop();
  assert.deepEqual(told.slice(-2), [['reading', '乙。'], ['stopped', undefined]]);
});

test('what left the page meanwhile is not read', () => {
  const { one, said, passages, end } = reading('甲。', '乙。', '丙。');
  one.begin();
  passages[1].element.isConnected = false;
  end();
  assert.deepEqual(said, ['甲。', '丙。']);
});
