// Reads the index that the site's build makes. doorstep/search/index.py does the same and says what stands where.

const APART = '|';

/** The 3,755 most used characters, which GB 2312 puts first, mostly in the order of their sound. */
function commonCharacters() {
  const bytes = [];
  for (let row = 0xb0; row < 0xd8; row += 1) {
    for (let cell = 0xa1; cell < 0xff; cell += 1) if (row < 0xd7 || cell < 0xfa) bytes.push(row, cell);
  }
  return Array.from(new TextDecoder('gbk').decode(new Uint8Array(bytes)));
}

function soundsOf(runs, rare) {
  const found = new Map();
  Object.keys(rare).forEach((syllable) => Array.from(rare[syllable]).forEach((one) => found.set(one, syllable)));
  const characters = commonCharacters();
  let at = 0;
  for (let run = 0; run < runs.length; run += 2) {
    for (const end = at + runs[run + 1]; at < end; at += 1) found.set(characters[at], runs[run]);
  }
  return found;
}

function pageOf([kind, url, title, summary, step]) {
  return { kind, url, title, summary, next: step ? { title: step[0], url: step[1] } : null };
}

/** {page: its number, field, text, link: null or the heading it is}. */
function phrasesOf([, url, title, summary, , said], page) {
  const told = [['title', title], ['summary', summary]].concat(Object.entries(said));
  return [].concat(...told.map(([field, texts]) => texts.split(APART).map((text, at) => {
    const link = field === 'questions' ? { title: text, url: `${url}#question-${at + 1}` } : null;
    return { page, field, text, link };
  })));
}

export function read(told) {
  return {
    pages: told.pages.map(pageOf),
    phrases: [].concat(...told.pages.map(phrasesOf)),
    synonyms: told.synonyms.map((group) => group.split(APART)),
    stop: told.stop.split(APART),
    weights: told.weights,
    sounds: soundsOf(told.sounds, told.rare),
  };
}
