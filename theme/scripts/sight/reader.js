// Reading one passage after another. Where a browser cannot pause, as on many phones, it stops and begins the passage anew.
import { pieces } from './sentences.js';

/** A reader of `passages` [{ text, element }] by the browser's `speech`; `utter` makes what is spoken of a text, and
 *  `tell` hears of { state: 'reading' | 'paused' | 'stopped', element }, the element being the one that is read. */
export function reader(speech, utter, passages, tell) {
  let at = 0;
  let turn = 0;
  let parts = [];
  let now;

  function say(state, element) { tell({ state, element }); }

  function stop() {
    turn += 1;
    speech.cancel();
    say('stopped');
  }

  function next() {
    turn += 1;
    const mine = turn;
    if (!parts.length) {
      // A form that went on to its next step took its words along.
      while (at < passages.length && !passages[at].element.isConnected) at += 1;
      if (at >= passages.length) return stop();
      parts = pieces(passages[at].text);
      say('reading', passages[at].element);
    }
    // Kept by name: a browser may forget what it still speaks, and never say that it ended.
    now = utter(parts.shift());
    now.onend = () => {
      if (mine !== turn) return;
      if (!parts.length) at += 1;
      next();
    };
    now.onerror = () => { if (mine === turn) stop(); };
    return speech.speak(now);
  }

  function begin() {
    parts = [];
    speech.cancel();
    next();
  }

  return {
    begin,
    stop,
    pause() {
      turn += 1;
      speech.cancel();
      say('paused', passages[at].element);
    },
  };
}
