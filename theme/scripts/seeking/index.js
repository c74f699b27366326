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

/** Each phrase as {page: the number of its page, field, text, link: null or the heading it is}. */
function phrasesOf(pages, said) {
  const fields = Object.keys(said);
  return [].concat(...pages.map(({ url }, page) => [].concat(...fields.map((field) => {
    const texts = said[field][page] ? said[field][page].split(APART) : [];
    const link = (text, at) => (field === 'questions' ? { title: text, url: `${url}#question-${at + 1}` } : null);
    return texts.map((text, at) => ({ page, field, text, link: link(text, at) }));
  }))));
}

/** Reads the bytes of the index: two a Chinese character, not three, which is less to fetch. */
export function read(bytes) {
  const told = JSON.parse(new TextDecoder('utf-16le').decode(bytes));
  const { urls, titles, summaries, steps } = told;
  const pages = told.kinds.map((kind, at) => {
    const next = steps[at] ? { title: steps[at][0], url: steps[at][1] } : null;
    return { kind, url: urls[at], title: titles[at], summary: summaries[at], next };
  });
  return {
    pages,
    phrases: phrasesOf(pages, Object.assign({ title: titles, summary: summaries }, told.said)),
    synonyms: told.synonyms.map((group) => group.split(APART)),
    stop: told.stop.split(APART),
    weights: told.weights,
    sounds: soundsOf(told.sounds, told.rare),
  };
}
