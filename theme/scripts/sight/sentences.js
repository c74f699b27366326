// What is spoken, in pieces a voice can hold: some browsers fall silent in the middle of a long one.
const MOST = 90;

/** Long numbers digit by digit, as one says them over the telephone: 12345 is no twelve thousand. */
export const spoken = (text, least = 5) => text.replace(/[0-9]+/g, (number) => (number.length < least ? number : number.split('').join(' '))).replace(/\s+/g, ' ').trim();

/** The text in pieces of whole sentences, or of clauses where one sentence is too long. */
export function pieces(text, most = MOST) {
  const clauses = (one) => (one.length > most ? one.match(/[^，、：,]+[，、：,]*/g) || [one] : [one]);
  const found = [];
  (text.match(/[^。！？；!?;]+[。！？；!?;”’）)]*/g) || []).forEach((sentence) => clauses(sentence).forEach((part) => {
    const last = found.length - 1;
    if (last >= 0 && found[last].length + part.length <= most) found[last] += part;
    else found.push(part);
  }));
  return found;
}

/** A voice of the browser's own for Mandarin, China's before others; none that sends what it reads to somebody's server. */
export function voiceOf(voices) {
  const fits = voices.filter((one) => one.localService && /^(zh|cmn)(?![-_](hk|mo))/i.test(one.lang));
  return fits.find((one) => /cn|hans/i.test(one.lang)) || fits[0];
}
