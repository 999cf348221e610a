// jsforce, unmodified, against the simulator: logins, queries, records, Collections, describe.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsforce from 'jsforce';
import { connected, credentials, url, VERSION } from './org.mjs';

const { Connection } = jsforce;

test('SOAP login, identity, logout', async () => {
  const conn = new Connection({ loginUrl: url, version: VERSION });
  const user = await conn.login(credentials.username, credentials.password);
  assert.equal(user.organizationId, credentials.organizationId);
  assert.equal(conn.instanceUrl, url);

  const identity = await conn.identity();
  assert.equal(identity.user_id, user.id);
  assert.equal(identity.username, credentials.username);

  const { accessToken } = conn;
  await conn.logout();
  const after = new Connection({ instanceUrl: url, accessToken, version: VERSION });
  await assert.rejects(after.limits(), { errorCode: 'INVALID_SESSION_ID' });
});

test('SOAP login with a wrong password', async () => {
  const conn = new Connection({ loginUrl: url, version: VERSION });
  await assert.rejects(conn.login(credentials.username, 'wrong'), /INVALID_LOGIN/);
});

test('OAuth login by password, user info, revoke', async () => {
  const conn = new Connection({ oauth2: credentials.oauth2, version: VERSION });
  const user = await conn.login(credentials.username, credentials.password);
  assert.equal(user.organizationId, credentials.organizationId);

  const info = await conn.request('/services/oauth2/userinfo');
  assert.equal(info.user_id, user.id);
  assert.equal(info.preferred_username, credentials.username);

  const { accessToken } = conn;
  await conn.logout();
  const after = new Connection({ instanceUrl: url, accessToken, version: VERSION });
  await assert.rejects(after.limits(), { errorCode: 'INVALID_SESSION_ID' });
  await assert.rejects(conn.oauth2.revokeToken(accessToken), { name: 'unsupported_token_type' });
});

test('OAuth login by client credentials', async () => {
  const conn = new Connection({ oauth2: credentials.oauth2, version: VERSION });
  await conn.authorize({ grant_type: 'client_credentials' });
  assert.equal((await conn.identity()).organization_id, credentials.organizationId);
  await assert.rejects(conn.oauth2.refreshToken('unknown'), { name: 'invalid_grant' });
});

test('an expired session is renewed once', async () => {
  const conn = await connected();
  const before = conn.accessToken;
  // the simulator has been told to end the session at the first of these calls
  await conn.limits();
  assert.notEqual(conn.accessToken, before);
});

test('503 and 420 on reading are outlived', async () => {
  const conn = await connected();
  assert.ok((await conn.describeGlobal()).sobjects.length >= 4);
});

test('pages by queryMore', async () => {
  const conn = await connected();
  let page = await conn.query("SELECT Id, LastName, Account.Name FROM Contact WHERE LastName LIKE 'Page%'");
  assert.equal(page.totalSize, 450);
  const seen = new Set(page.records.map((record) => record.Id));
  let pages = 1;
  while (!page.done) {
    page = await conn.queryMore(page.nextRecordsUrl);
    page.records.forEach((record) => seen.add(record.Id));
    pages += 1;
  }
  assert.equal(pages, 3);
  assert.equal(seen.size, 450);
  assert.equal(page.records[0].Account.Name, 'All of Us Participants');
});

test('pages by autoFetch and as a stream', async () => {
  const conn = await connected();
  const soql = "SELECT Id FROM Contact WHERE LastName LIKE 'Page%'";
  const all = await conn.query(soql, { autoFetch: true, maxFetch: 10_000 });
  assert.equal(all.records.length, 450);
  assert.equal(all.done, true);

  let streamed = 0;
  for await (const record of conn.query(soql).stream('record')) {
    assert.ok(record.Id);
    streamed += 1;
  }
  assert.equal(streamed, 450);
});

test("jsforce's own way to build queries", async () => {
  const conn = await connected();
  const contacts = conn.sobject('Contact');
  const found = await contacts
    .find({ LastName: { $like: 'Page1%' }, CreatedDate: jsforce.SfDate.TODAY }, ['Id', 'LastName'])
    .sort({ LastName: -1 })
    .limit(3)
    .skip(1);
  assert.deepEqual(found.map((record) => record.LastName), ['Page198', 'Page197', 'Page196']);
  assert.equal(await contacts.count({ LastName: { $in: ['Page1', 'Page2'] } }), 2);

  const [account] = await conn
    .sobject('Account')
    .find()
    .select('Name')
    .include('Contacts', { LastName: { $like: 'Page44%' } })
    .select('LastName')
    .sort('LastName')
    .end();
  assert.equal(account.Contacts.totalSize, 11);
});

test('aggregates', async () => {
  const conn = await connected();
  const { records } = await conn.query(
    "SELECT Account.Name, COUNT(Id) number FROM Contact WHERE LastName LIKE 'Page%' GROUP BY Account.Name",
  );
  assert.deepEqual(records.map(({ Name, number }) => [Name, number]), [['All of Us Participants', 450]]);
});

test('create, read, update, upsert and delete of one record', async () => {
  const conn = await connected();
  const contacts = conn.sobject('Contact');
  const created = await contacts.create({ LastName: 'Single', HP_PMI_ID__c: 'P055500001' });
  assert.equal(created.success, true);
  assert.equal(created.id.length, 18);

  assert.equal((await contacts.retrieve(created.id)).LastName, 'Single');
  const updated = await contacts.update({ Id: created.id, Phone: '555 0100' });
  assert.equal(updated.success, true);

  const matched = await contacts.upsert({ HP_PMI_ID__c: 'P055500001', Phone: null }, 'HP_PMI_ID__c');
  assert.equal(matched.created, false);
  assert.equal((await contacts.retrieve(created.id)).Phone, null);
  const added = await contacts.upsert({ HP_PMI_ID__c: 'P055500002', LastName: 'Added' }, 'HP_PMI_ID__c');
  assert.equal(added.created, true);

  assert.equal((await contacts.destroy(created.id)).success, true);
  await assert.rejects(contacts.retrieve(created.id), { errorCode: 'ENTITY_IS_DELETED' });
  assert.equal((await contacts.destroy(added.id)).success, true);
});

test('errors have code and fields', async () => {
  const conn = await connected();
  await assert.rejects(conn.sobject('Contact').create({ FirstName: 'X' }), (error) => {
    assert.equal(error.errorCode, 'REQUIRED_FIELD_MISSING');
    assert.deepEqual(error.data.fields, ['LastName']);
    return true;
  });
  await assert.rejects(conn.query('SELECT Bacon__c FROM Contact'), { errorCode: 'INVALID_FIELD' });
  await assert.rejects(conn.query('SELEKT'), { errorCode: 'MALFORMED_QUERY' });
  await assert.rejects(conn.sobject('Nothing__c').describe(), { errorCode: 'NOT_FOUND' });
});

test('Collections: create, read, update, upsert and delete of many', async () => {
  const conn = await connected();
  const contacts = conn.sobject('Contact');
  const many = Array.from({ length: 250 }, (_, i) => ({
    LastName: `Many${i}`,
    HP_PMI_ID__c: `P0666${String(i).padStart(5, '0')}`,
  }));
  const created = await contacts.create(many, { allowRecursive: true });
  assert.equal(created.length, 250);
  assert.ok(created.every((result) => result.success));
  const ids = created.map((result) => result.id);

  const read = await contacts.retrieve(ids, { fields: ['Id', 'LastName'] });
  assert.deepEqual(read.map((record) => record.LastName), many.map((record) => record.LastName));

  const updated = await contacts.update(
    [{ Id: ids[0], Phone: '555 0101' }, { Id: ids[1], LastName: null }],
  );
  assert.deepEqual(updated.map((result) => result.success), [true, false]);
  assert.equal(updated[1].errors[0].statusCode, 'REQUIRED_FIELD_MISSING');

  const upserted = await contacts.upsert(
    [
      { HP_PMI_ID__c: 'P066600000', Phone: '555 0102' },
      { HP_PMI_ID__c: 'P067700000', LastName: 'New' },
    ],
    'HP_PMI_ID__c',
  );
  assert.deepEqual(upserted.map((result) => result.created), [false, true]);

  const rolledBack = await contacts.create(
    [{ LastName: 'Good' }, { FirstName: 'Bad' }],
    { allOrNone: true },
  );
  assert.equal(rolledBack[0].errors[0].statusCode, 'ALL_OR_NONE_OPERATION_ROLLED_BACK');

  const deleted = await contacts.destroy([...ids, upserted[1].id], { allowRecursive: true });
  assert.equal(deleted.filter((result) => result.success).length, 251);
});

test('describe, limits and change feeds', async () => {
  const conn = await connected();
  const contact = await conn.describe('Contact');
  assert.equal(contact.fields.find((field) => field.name === 'HP_PMI_ID__c').externalId, true);
  assert.ok((await conn.limits()).DailyApiRequests.Max > 0);
  assert.match(conn.limitInfo.apiUsage.limit.toString(), /^\d+$/);

  const from = new Date(Date.now() - 3_600_000);
  const to = new Date(Date.now() + 120_000);
  assert.ok((await conn.sobject('Contact').updated(from, to)).ids.length >= 450);
  assert.ok((await conn.sobject('Contact').deleted(from, to)).deletedRecords.length >= 1);
});

test('a batch, a composite request and a tree', async () => {
  const conn = await connected();
  const base = `/services/data/v${VERSION}`;
  const batch = await conn.requestPost(`${base}/composite/batch`, {
    batchRequests: [{ method: 'GET', url: `v${VERSION}/limits` }],
  });
  assert.equal(batch.hasErrors, false);
  assert.ok(batch.results[0].result.DailyApiRequests.Max > 0);

  const composite = await conn.requestPost(`${base}/composite`, {
    compositeRequest: [
      { method: 'POST', referenceId: 'made', url: `${base}/sobjects/Account`, body: { Name: 'Made' } },
      { method: 'GET', referenceId: 'read', url: `${base}/sobjects/Account/@{made.id}?fields=Name` },
    ],
  });
  assert.equal(composite.compositeResponse[1].body.Name, 'Made');

  const tree = await conn.requestPost(`${base}/composite/tree/Account`, {
    records: [{ attributes: { type: 'Account', referenceId: 'a' }, Name: 'Planted' }],
  });
  assert.equal(tree.hasErrors, false);
});

test('deleted records too', async () => {
  const conn = await connected();
  const { records } = await conn.query('SELECT Id FROM Contact WHERE IsDeleted = true', { scanAll: true });
  assert.ok(records.length >= 2);
});
