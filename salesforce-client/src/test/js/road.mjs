// The loads of the benchmark of the road, as jsforce does them.
import { readFileSync } from 'node:fs';
import { connected, say } from './org.mjs';

const begun = performance.now();
const conn = await connected();
if (process.env.LOAD === 'update') {
  const ids = readFileSync(process.env.IDS, 'utf8').split('\n').filter(Boolean);
  const records = ids.map((Id) => ({ Id, Phone: '212-555-0100', MailingCity: 'Albany' }));
  const results = await conn.sobject('Contact').update(records, { allowRecursive: true });
  say(results.filter((r) => r.success).length, (performance.now() - begun) / 1000);
} else {
  conn.bulk2.pollInterval = 500;
  conn.bulk2.pollTimeout = 600_000;
  const input = readFileSync(process.env.ROWS, 'utf8');
  const results = await conn.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'upsert',
    externalIdFieldName: 'HP_PMI_ID__c',
    input,
  });
  say(results.successfulResults.length, (performance.now() - begun) / 1000);
}
