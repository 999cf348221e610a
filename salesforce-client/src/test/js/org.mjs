// Where the org is and what to log in with, from the environment of the program that started this one.
import jsforce from 'jsforce';

function required(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`The environment variable ${name} is not set`);
  }
  return value;
}

/** A connection that has logged in. */
export async function connected() {
  const loginUrl = required('ORG_URL');
  const conn = new jsforce.Connection({
    loginUrl,
    instanceUrl: loginUrl,
    version: '62.0',
    oauth2: {
      loginUrl,
      clientId: required('ORG_CLIENT_ID'),
      clientSecret: required('ORG_CLIENT_SECRET'),
    },
  });
  await conn.authorize({ grant_type: 'client_credentials' });
  return conn;
}

/** Tells the Java program something: a line that it looks for. */
export function say(...cells) {
  console.log(['RESULT', ...cells].join('\t'));
}
