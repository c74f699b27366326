// Where nothing is found: who else may know, and, where somebody wants to, the words told to the editors. Nothing is
// sent by itself, and nothing but the words.
import { dialling, element, pressed } from './element.js';
import { link } from './list.js';
import { words } from './words.js';

const TELL = '/api/search/unfound';
const SAYS = /[\p{L}\p{N}]/u;

async function post(query) {
  try {
    const answer = await fetch(TELL, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ words: query }),
      credentials: 'omit',
    });
    if (answer.status === 204) return words.told;
    if (answer.status === 501) return words.preview; // an editor's own machine, where nobody listens
    return answer.status === 422 ? words.notThese : words.notTold;
  } catch (error) {
    return words.notTold;
  }
}

/** The button, which becomes what came of it; `speak` says it aloud. */
function telling(query, speak) {
  const said = element('p', { class: 'ds-small' }, words.tellWhat);
  const button = pressed(words.tell, 'ds-button ds-button--secondary', async () => {
    button.disabled = true;
    said.textContent = words.telling;
    said.textContent = await post(query);
    if (said.textContent === words.told) button.remove();
    button.disabled = false;
    speak(said.textContent);
  });
  return [button, said];
}

/** What stands in the place of results. */
export function nothing(query, { kind, stays, speak }) {
  if (kind) {
    const [before, behind] = words.noPlaceHelp;
    return [element('p', { class: 'ds-note' }, element('span', {}, element('strong', {}, words.noPlace), before, dialling('12345'), behind))];
  }
  const [ask, or, behind] = words.help;
  return [
    element('p', {}, words.other),
    element('p', {}, ask, dialling('12345'), or, link('/places/', null, stays, words.counter), behind),
    ...(SAYS.test(query) ? telling(query, speak) : []),
  ];
}

/** What stands below results that may still not be it; who needs a number to call now is asked for nothing. */
export function missed(query, { results, kind, speak }) {
  if (kind || results[0].page.kind === 'hotline') return [];
  return [element('p', { class: 'ds-small' }, words.missed), ...telling(query, speak)];
}

export function failure(stays) {
  const [before, behind] = words.failedHelp;
  return [
    element('p', {}, element('strong', {}, words.failed), before, dialling('12345'), behind),
    element('p', {}, link('/find/', null, stays, words.everything)),
  ];
}
