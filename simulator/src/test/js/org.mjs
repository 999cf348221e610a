// Where the simulator is and what to log in with, from the environment of the test that started it.
import jsforce from 'jsforce';

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is not set`);
  }
  return value;
}

/** The last version whose SOAP API has login(), which jsforce calls with the version of its data API. */
export const VERSION = '64.0';
export const url = required('SIMULATOR_URL');
export const credentials = {
  username: required('SIMULATOR_USERNAME'),
  password: required('SIMULATOR_PASSWORD'),
  organizationId: required('SIMULATOR_ORGANIZATION_ID'),
  oauth2: {
    loginUrl: url,
    clientId: required('SIMULATOR_CLIENT_ID'),
    clientSecret: required('SIMULATOR_CLIENT_SECRET'),
  },
};

/** A connection that has logged in and would log in again. */
export async function connected() {
  const conn = new jsforce.Connection({ loginUrl: url, version: VERSION });
  await conn.login(credentials.username, credentials.password);
  return conn;
}
