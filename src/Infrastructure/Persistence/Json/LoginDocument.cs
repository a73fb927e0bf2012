using ChatGovernance.Core.Logins;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>What nobody searches ways through the browser by.</summary>
internal sealed record LoginDocument(string AccountName, string Workspace, LoginPurpose Purpose, LoginState State);
