// jsforce, unmodified, against the simulator: Bulk API 2.0, ingest and query.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connected } from './org.mjs';

const COUNT = 1_200;

async function bulkConnection() {
  const conn = await connected();
  conn.bulk2.pollInterval = 200;
  conn.bulk2.pollTimeout = 60_000;
  return conn;
}

function people(lastName) {
  return Array.from({ length: COUNT }, (_, i) => ({
    LastName: i === 7 ? '' : `${lastName}${i}`,
    HP_PMI_ID__c: `P0888${String(i).padStart(5, '0')}`,
    Description: 'two\nlines, a comma and "quotes"',
  }));
}

test('ingest in one call', async () => {
  const conn = await bulkConnection();
  const results = await conn.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'insert',
    input: people('Bulk'),
  });
  assert.equal(results.successfulResults.length, COUNT - 1);
  assert.equal(results.failedResults.length, 1);
  assert.equal(results.unprocessedRecords.length, 0);
  assert.ok(results.successfulResults.every((row) => row.sf__Created === 'true'));
  assert.match(results.failedResults[0].sf__Error, /^REQUIRED_FIELD_MISSING:/);
  assert.equal(results.failedResults[0].HP_PMI_ID__c, 'P088800007');
});

test('ingest step by step: upsert by external id', async () => {
  const conn = await bulkConnection();
  const job = conn.bulk2.createJob({
    object: 'Contact',
    operation: 'upsert',
    externalIdFieldName: 'HP_PMI_ID__c',
  });
  await job.open();
  assert.equal((await job.check()).state, 'Open');
  await job.uploadData('HP_PMI_ID__c,LastName,Description\nP088800001,Changed,#N/A\nP088899999,New,\n');
  await job.close();
  await job.poll(200, 60_000);
  assert.equal((await job.check()).state, 'JobComplete');
  const results = await job.getAllResults();
  assert.deepEqual(results.successfulResults.map((row) => row.sf__Created).sort(), ['false', 'true']);

  const changed = await conn.query(
    "SELECT LastName, Description FROM Contact WHERE HP_PMI_ID__c = 'P088800001'",
  );
  assert.equal(changed.records[0].LastName, 'Changed');
  assert.equal(changed.records[0].Description, null);
});

test('query job', async () => {
  const conn = await bulkConnection();
  const stream = await conn.bulk2.query(
    "SELECT Id, LastName, Account.Name FROM Contact WHERE LastName LIKE 'Bulk%'",
  );
  const rows = await stream.toArray();
  // all but the one refused and the one renamed
  assert.equal(rows.length, COUNT - 2);
  assert.equal(rows[0].Id.length, 18);
});

test('a query that is none is refused', async () => {
  const conn = await bulkConnection();
  await assert.rejects(conn.bulk2.query('SELECT COUNT(Id) FROM Contact'), { errorCode: 'API_ERROR' });
});

test('delete by job', async () => {
  const conn = await bulkConnection();
  const { records } = await conn.query("SELECT Id FROM Contact WHERE LastName LIKE 'Bulk%' LIMIT 50");
  const results = await conn.bulk2.loadAndWaitForResults({
    object: 'Contact',
    operation: 'delete',
    input: records.map(({ Id }) => ({ Id })),
  });
  assert.equal(results.successfulResults.length, 50);
});

test('jobs are listed and deleted', async () => {
  const conn = await bulkConnection();
  const job = conn.bulk2.createJob({ object: 'Contact', operation: 'insert' });
  await job.open();
  const { id } = await job.check();
  await job.abort();
  const { records } = await conn.request(`/services/data/v${conn.version}/jobs/ingest`);
  assert.equal(records.find((one) => one.id === id).state, 'Aborted');
  await job.delete();
  await assert.rejects(job.check(), { errorCode: 'NOT_FOUND' });
});
