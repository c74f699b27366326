// For the test that browser and server agree: cases [{fields: [{name, asked_if}], answers}] on stdin, the names asked,
// one list a case, on stdout.
import { readFileSync } from 'node:fs';
import { asked } from '../../theme/scripts/main/conditions.js';

const cases = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(cases.map((one) => asked(one.fields, one.answers))));
