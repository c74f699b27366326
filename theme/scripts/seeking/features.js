// What a text is compared by: characters and neighbouring pairs, words that mean the same, and how it sounds.
// doorstep/search/features.py does the same; a test holds the two together.

const RUNS = /[a-z]+|[0-9]+|[^a-z0-9]+/g;
// What accents do not tell apart.
const ALIKE = [[/^([zcs])h/, '$1'], [/^l/, 'n'], [/^hu(?=.)/, 'f'], [/ng$/, 'n']];

/** The text without what people write differently: width, case, spaces, punctuation. */
const foldText = (text) => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

const accent = (syllable) => ALIKE.reduce((heard, [pattern, instead]) => heard.replace(pattern, instead), syllable);

/** Finds listed words in a text, the longest first and none over another: [begin, end, name] of each. */
function wordsWithin(groups) {
  const names = new Map();
  groups.forEach(([name, listed]) => listed.forEach((word) => names.set(foldText(word), name)));
  const longest = Math.max(0, ...Array.from(names.keys(), (word) => word.length));
  return (text) => {
    const found = [];
    for (let at = 0; at < text.length; at += 1) {
      for (let size = Math.min(longest, text.length - at); size > 0; size -= 1) {
        const name = names.get(text.slice(at, at + size));
        if (name) {
          found.push([at, at + size, name]);
          at += size - 1;
          break;
        }
      }
    }
    return found;
  };
}

function addPairs(found, parts, mark, kind) {
  for (let at = 1; at < parts.length; at += 1) found.set(mark + parts[at - 1] + parts[at], kind);
}

function addHeard(found, syllables) {
  const heard = syllables.map((one) => one && accent(one));
  heard.forEach((one, at) => {
    if (one) found.set(`~${one}`, 'syllable');
    if (one && at && heard[at - 1]) found.set(`~${heard[at - 1]} ${one}`, 'sound');
  });
}

/** `features(text, initials)` → Map of feature to its kind, read with the words and sounds of `index`. */
export function reader(index) {
  const stops = wordsWithin([['stop', index.stop]]);
  const meanings = wordsWithin(index.synonyms.map((group, number) => [`=${number}`, group]));
  const syllables = new Set(index.sounds.values());
  const longest = Math.max(0, ...Array.from(syllables, (one) => one.length));

  function meant(text) {
    const folded = foldText(text);
    let kept = '';
    let at = 0;
    stops(folded).forEach(([begin, end]) => {
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
        if (fewer && syllables.has(one)) best[end] = best[begin].concat(one);
      }
    }
    const whole = best.filter((way) => way && way.length).pop() || [];
    return whole.join('').length + 2 >= run.length ? whole : [];
  }

  return (text, initials) => {
    const found = new Map();
    const whole = meant(text);
    (whole.match(RUNS) || []).forEach((run) => {
      const letters = Array.from(run);
      const isSpelled = run[0] >= 'a' && run[0] <= 'z';
      const isNumber = run[0] <= '9';
      let heard = [];
      if (isNumber) found.set(run, 'pair');
      else if (isSpelled) {
        heard = spelled(run);
        if (!heard.length) {
          addPairs(found, letters, '^', 'initial');
          found.set(run, 'pair');
        }
      } else {
        heard = letters.map((one) => index.sounds.get(one));
        letters.forEach((one) => found.set(one, 'char'));
        addPairs(found, letters, '', 'pair');
      }
      addHeard(found, heard);
      if (initials) addPairs(found, heard.map((one) => (one ? one[0] : '-')), '^', 'initial');
    });
    meanings(whole).forEach(([, , name]) => found.set(name, 'word'));
    return found;
  };
}
