// The smallest app that acknowledges what ChatGovernance acknowledges. It keeps nothing.
import bolt from '@slack/bolt';

const app = new bolt.App({
  token: process.env.SLACK_BOT_TOKEN,
  signingSecret: process.env.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: process.env.SLACK_API_URL },
  endpoints: ['/slack/commands', '/slack/interactions'],
  logLevel: bolt.LogLevel.ERROR,
});

app.command('/request-access', async ({ ack }) => { await ack(); });
app.action('approve', async ({ ack }) => { await ack(); });

const server = await app.start({ port: 0, host: '127.0.0.1' });
console.log(`http://127.0.0.1:${server.address().port}`);
