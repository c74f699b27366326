// The page read aloud: its button in the panel, and a bar at the window's foot for as long as it reads.
import { passagesOf } from './passages.js';
import { button, make, row } from './panel.js';
import { reader } from './reader.js';
import { voiceOf } from './sentences.js';
import { words } from './words.js';

const speech = window.speechSynthesis;

/** A row for the panel, hidden for as long as the browser has no voice of its own. */
export function aloud() {
  let reading;
  let marked;
  const starter = button(words.begin, () => (reading ? reading.stop() : start()));
  const made = row(words.aloud, starter);
  const wait = button(words.pause, () => (wait.textContent === words.pause ? reading.pause() : reading.begin()), 'ds-button ds-button--secondary');
  const bar = make('div', { className: 'ds-aloud ds-noprint' }, wait, button(words.stop, () => reading.stop(), 'ds-button'));
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', words.bar);

  const voice = () => speech && voiceOf(speech.getVoices());
  const look = () => { made.hidden = !voice(); };

  function utter(text) {
    const one = new SpeechSynthesisUtterance(text);
    one.voice = voice();
    one.lang = one.voice.lang;
    return one;
  }

  function tell({ state, element }) {
    if (marked) marked.classList.remove('ds-reading');
    marked = element;
    wait.textContent = state === 'paused' ? words.resume : words.pause;
    if (element) {
      element.classList.add('ds-reading');
      element.scrollIntoView({ block: 'center' });
      return;
    }
    const had = bar.contains(document.activeElement);
    bar.remove();
    reading = null;
    starter.textContent = words.begin;
    if (had) (starter.offsetParent ? starter : document.getElementById('sight')).focus();
  }

  function start() {
    reading = reader(speech, utter, passagesOf(document.getElementById('main')), tell);
    starter.textContent = words.stop;
    document.querySelector('.ds-header').append(bar);
    reading.begin();
  }

  look();
  if (speech) {
    // Voices come late, and a page that is left goes on being read.
    speech.onvoiceschanged = look;
    addEventListener('pagehide', () => reading && reading.stop());
  }
  return made;
}
