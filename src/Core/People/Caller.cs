namespace ChatGovernance.Core.People;

/// <summary>Somebody, or a service, who showed a token of the directory's; enabled when it was shown.</summary>
/// <param name="Person">Read fresh.</param>
/// <param name="Client">To whom the token was given, by its clientId.</param>
/// <param name="MayFileForOthers">A service may ask on behalf of people.</param>
/// <param name="LoggedInAt">When the person last gave their credentials; null: nothing says so.</param>
/// <param name="Level">How they did (<c>acr</c>); null: nothing says so.</param>
public sealed record Caller(Person Person, string Client, bool MayFileForOthers, DateTimeOffset? LoggedInAt = null, string? Level = null)
{
    public Actor Actor => new Actor.Caller(Person.Id);
}
