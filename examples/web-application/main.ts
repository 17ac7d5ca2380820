/** `npm run example`: a web application whose users sign in by Latchkey. See README.md in this folder. */
import { createApp } from './app.ts';
import { Identity } from './identity.ts';
import { settings } from './settings.ts';

try {
  const identity = await Identity.connect();
  createApp(identity).listen(settings.port, 'localhost', (error) => {
    if (error) {
      console.error(`It cannot listen on port ${settings.port} (${error.message}). Set EXAMPLE_PORT to another one.`);
      process.exitCode = 1;
    } else {
      console.log(`The example application is at ${settings.address}, its users sign in at ${settings.issuer.origin}.`);
    }
  });
} catch (error) {
  console.error(`It cannot work with ${settings.issuer.origin}: ${error instanceof Error ? error.message : error}`);
  console.error('Is Latchkey running there? `npm start` starts it; LATCHKEY_ISSUER says where else it is.');
  process.exitCode = 1;
}
