// What a text is compared by: characters and neighbouring pairs, words that mean the same, and how it sounds.
// doorstep/search/features.py does the same; a test holds the two together. Here a feature is a kind and a key, small
// numbers where it can be: thousands of phrases are read on an old phone.

const RUNS = /[a-z]+|[0-9]+|[^a-z0-9]+/g;
// What accents do not tell apart.
const ALIKE = [[/^([zcs])h/, '$1'], [/^l/, 'n'], [/^hu(?=.)/, 'f'], [/ng$/, 'n']];
const MOST_INITIALS = 4;
/** Two numbers below this make one key. */
const WIDE = 32768;

/** The text without what people write differently: width, case, spaces, punctuation. */
const foldText = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const accent = (syllable) => ALIKE.reduce((heard, [pattern, instead]) => heard.replace(pattern, instead), syllable);

/** Small numbers for things, by when they were first met, from 1. */
function numbering() {
  const numbers = new Map();
  return (thing) => {
    const known = numbers.get(thing);
    if (known) return known;
    numbers.set(thing, numbers.size + 1);
    return numbers.size;
  };
}

/** Finds listed words in a text, the longest first and none over another: calls `found` with begin, end and name. */
function wordsWithin(groups) {
  const names = new Map();
  const longest = new Map();
  groups.forEach((listed, name) => listed.map(foldText).forEach((word) => {
    names.set(word, name);
    longest.set(word[0], Math.max(word.length, longest.get(word[0]) || 0));
  }));
  return (text, found) => {
    for (let at = 0; at < text.length; at += 1) {
      for (let size = Math.min(longest.get(text[at]) || 0, text.length - at); size > 0; size -= 1) {
        const name = names.get(text.slice(at, at + size));
        if (name !== undefined) {
          found(at, at + size, name);
          at += size - 1;
          break;
        }
      }
    }
  };
}

/** `features(text, initials, take)` calls `take(kind, key)` for each, some more than once; read as `index` says. */
export function reader(index) {
  const stops = wordsWithin([index.stop]);
  const meanings = wordsWithin(index.synonyms);
  const characterNumber = numbering();
  const syllableNumber = numbering();
  const sounds = new Map();
  const hear = (syllable) => ({ number: syllableNumber(accent(syllable)), initial: syllable[0] });
  index.sounds.forEach((syllable) => sounds.has(syllable) || sounds.set(syllable, hear(syllable)));
  const heardAs = new Map(Array.from(index.sounds, ([one, syllable]) => [one, sounds.get(syllable)]));
  const longest = Math.max(0, ...Array.from(sounds.keys(), (one) => one.length));

  function meant(folded) {
    let kept = '';
    let at = 0;
    stops(folded, (begin, end) => {
      kept += folded.slice(at, begin);
      at = end;
    });
    return kept + folded.slice(at) || folded;
  }

  /** Letters as the fewest syllables of pinyin, none where it is none; the end may still be being typed. */
  function spelled(run) {
    const best = [[]];
    for (let end = 1; end <= run.length; end += 1) {
      for (let begin = Math.max(0, end - longest); begin < end; begin += 1) {
        const one = run.slice(begin, end);
        const fewer = best[begin] && (!best[end] || best[begin].length + 1 < best[end].length);
        if (fewer && sounds.has(one)) best[end] = best[begin].concat(one);
      }
    }
    const whole = best.filter((way) => way && way.length).pop() || [];
    return whole.join('').length + 2 >= run.length ? whole.map((one) => sounds.get(one)) : [];
  }

  /** First letters in a row: two to four of them, or of `letters` that are no pinyin as many as there are. */
  function takeInitials(take, letters, typed) {
    const fewest = typed ? Math.min(letters.length, MOST_INITIALS) : 2;
    const most = typed ? fewest : MOST_INITIALS;
    for (let size = fewest; size <= most; size += 1) {
      for (let at = 0; at + size <= letters.length; at += 1) take('initial', letters.slice(at, at + size));
    }
  }

  function takeSounds(take, heard) {
    heard.forEach((one, at) => {
      const before = at && heard[at - 1];
      if (one) take('syllable', one.number);
      if (one && before) take('sound', before.number * WIDE + one.number);
    });
  }

  function takeCharacters(take, characters) {
    let before = 0;
    characters.forEach((one) => {
      const number = characterNumber(one);
      take('char', number);
      if (before) take('pair', before * WIDE + number);
      before = number;
    });
    return characters.map((one) => heardAs.get(one));
  }

  return (text, initials, take) => {
    const folded = foldText(text);
    (meant(folded).match(RUNS) || []).forEach((run) => {
      let heard = [];
      if (run[0] <= '9') take('pair', run);
      else if (run[0] >= 'a' && run[0] <= 'z') {
        heard = spelled(run);
        if (!heard.length) {
          takeInitials(take, run, true);
          take('pair', run);
        }
      } else heard = takeCharacters(take, Array.from(run));
      takeSounds(take, heard);
      if (initials) takeInitials(take, heard.map((one) => (one ? one.initial : '-')).join(''), false);
    });
    meanings(folded, (begin, end, name) => take('word', name));
  };
}
