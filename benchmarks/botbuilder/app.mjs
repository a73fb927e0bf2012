// The smallest bot that answers what ChatGovernance answers. It keeps nothing.
import express from 'express';
import { CloudAdapter, ConfigurationBotFrameworkAuthentication, ConfigurationServiceClientCredentialFactory } from 'botbuilder';

const credentials = new ConfigurationServiceClientCredentialFactory({
  MicrosoftAppId: process.env.APP_ID,
  MicrosoftAppPassword: process.env.APP_PASSWORD,
  MicrosoftAppTenantId: process.env.TENANT_ID,
  MicrosoftAppType: 'MultiTenant',
});
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication({
  ToBotFromChannelOpenIdMetadataUrl: process.env.OPENID_METADATA_URL,
  ToBotFromChannelTokenIssuer: 'https://api.botframework.com',
  ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
  ToChannelFromBotOAuthScope: 'https://api.botframework.com/.default',
  ToBotFromEmulatorOpenIdMetadataUrl: process.env.OPENID_METADATA_URL,
  OAuthUrl: 'https://api.botframework.com',
}, credentials));

const answer = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Taken.' };

const app = express();
app.use(express.json());
app.post('/api/messages', (request, response) => adapter.process(request, response, async (context) => {
  if (context.activity.type === 'invoke') {
    await context.sendActivity({ type: 'invokeResponse', value: { status: 200, body: answer } });
  }
}));
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
