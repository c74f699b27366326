// Answers the questions on standard input, one a line as JSON, by the browser's ranker over the index in argv[2].
import { readFileSync } from 'node:fs';
import { prepare, search } from '../../theme/scripts/seeking/ranking.js';

const ready = await prepare(readFileSync(process.argv[2]));
readFileSync(0, 'utf8').split('\n').filter(Boolean).forEach((line) => {
  const found = search(ready, JSON.parse(line));
  console.log(JSON.stringify(found.map(({ page, score, question }) => [page, score, question])));
});
