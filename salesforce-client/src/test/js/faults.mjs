// jsforce's create and upsert, each in an org where one request meets a fault.
import { readFileSync } from 'node:fs';
import jsforce from 'jsforce';
import { say } from './org.mjs';

const PATIENCE = 20_000;

async function run({ name, url, id, secret, operation, again, rows }) {
  const conn = new jsforce.Connection({
    loginUrl: url,
    instanceUrl: url,
    version: '62.0',
    oauth2: { loginUrl: url, clientId: id, clientSecret: secret },
    // an ended session is renewed, as jsforce offers it
    refreshFn: async (c, callback) => {
      try {
        await c.authorize({ grant_type: 'client_credentials' });
        callback(null, c.accessToken);
      } catch (e) {
        callback(e);
      }
    },
  });
  await conn.authorize({ grant_type: 'client_credentials' });
  for (let tries = 1; ; tries++) {
    try {
      const records = rows.map((row) => ({ ...row }));
      const results =
        operation === 'create'
          ? await conn.sobject('Contact').create(records, { allowRecursive: true })
          : await conn.sobject('Contact').upsert(records, 'HP_PMI_ID__c', { allowRecursive: true });
      const failed = results.filter((r) => !r.success).length;
      say(name, tries, failed === 0 ? 'says written' : 'says failed');
      return;
    } catch (e) {
      if (!again || tries === 3) {
        say(name, tries, 'throws');
        return;
      }
    }
  }
}

const cases = JSON.parse(readFileSync(process.env.CASES, 'utf8'));
await Promise.all(
  cases.map((one) =>
    Promise.race([
      run(one).catch(() => say(one.name, 0, 'throws')),
      new Promise((done) => setTimeout(done, PATIENCE)),
    ]),
  ),
);
process.exit(0);
