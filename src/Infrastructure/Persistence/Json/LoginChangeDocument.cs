using ChatGovernance.Core.LoginPolicies;
using ChatGovernance.Core.People;

namespace ChatGovernance.Infrastructure.Persistence.Json;

/// <summary>What nobody searches changes of login policies by.</summary>
internal sealed record LoginChangeDocument(LoginRules Before, LoginRules After, PersonRef By, ChatAccount From, LoginChangeState State);
