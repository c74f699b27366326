// The index, fetched once and made ready; what failed is tried anew when it is asked for again.
import { prepare } from './ranking.js';

let loading = null;

/** Resolves with what `search` takes. */
export function load(address) {
  if (!loading) {
    loading = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(String(answer.status));
      return answer.arrayBuffer();
    }).then(prepare);
    loading.catch(() => { loading = null; });
  }
  return loading;
}
